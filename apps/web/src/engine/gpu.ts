import { proxy, wrap } from 'comlink';
import type { DrawnSketch, DrawRequest } from './artist.ts';
import type { GpuWorker } from './gpu-worker.ts';

/**
 * What became of the GPU: there is none, or one in software, which never pays; one that was tried and is slower than the workers, or
 * faster; one that was lost.
 */
export type GpuVerdict =
  | { readonly kind: 'none' | 'software' | 'lost' }
  | {
      readonly kind: 'slower' | 'faster';
      /** Milliseconds for the first rows of a sketch, of many drawn together. */
      readonly gpu: number;
      readonly workers: number;
    };

/** A GPU that draws faster than the workers, where many sketches are wanted. */
export interface Gpu {
  /** Rejects where the worker that has it died. */
  draw(request: DrawRequest): Promise<DrawnSketch[]>;
}

export interface GpuOptions {
  readonly weights: Blob;
  readonly open: () => Worker;
  /** Milliseconds the workers take for a request that they share out among them. */
  readonly timeWorkers: (request: DrawRequest) => Promise<number>;
  /** Hears what was found, and of a loss later. */
  readonly onVerdict: (verdict: GpuVerdict) => void;
}

/** What is drawn to see who is faster: as many as a screen of the wall, the first rows of each. */
const TRIAL: DrawRequest = { label: 0, seeds: Array.from({ length: 16 }, (_, i) => i), temperature: 0.3, longest: 32 };

/** WebGPU as far as it is needed here: its types do not go together with those of a page. */
interface NavigatorGpu {
  requestAdapter(): Promise<{ readonly info: { readonly isFallbackAdapter: boolean } } | null>;
}

/**
 * Looks for a GPU, and lets it and the workers draw the same.
 *
 * @returns undefined where there is none that is faster; its worker is then gone
 */
export async function tryGpu({ weights, open, timeWorkers, onVerdict }: GpuOptions): Promise<Gpu | undefined> {
  const { gpu } = navigator as { readonly gpu?: NavigatorGpu };
  const adapter = await gpu?.requestAdapter();
  if (!adapter || adapter.info.isFallbackAdapter) {
    onVerdict({ kind: adapter ? 'software' : 'none' });
    return undefined;
  }
  const worker = open();
  const died = new Promise<never>((_, reject) => {
    worker.addEventListener('error', ({ message }) => reject(new Error(message)));
  });
  const remote = wrap<GpuWorker>(worker);
  const underWay = new Set<Promise<unknown>>();
  let used = false;
  const lose = async (): Promise<void> => {
    if (!used) return;
    used = false;
    onVerdict({ kind: 'lost' });
    // What the GPU had is being drawn by other means.
    await Promise.allSettled(underWay);
    worker.terminate();
  };
  try {
    const works = await Promise.race([
      remote.open(
        weights,
        proxy(() => void lose()),
      ),
      died,
    ]);
    const ofGpu = works ? await Promise.race([remote.time(TRIAL), died]) : Infinity;
    const ofWorkers = works ? await timeWorkers(TRIAL) : 0;
    used = ofGpu < ofWorkers;
    const sketches = TRIAL.seeds.length;
    onVerdict(
      works
        ? { kind: used ? 'faster' : 'slower', gpu: ofGpu / sketches, workers: ofWorkers / sketches }
        : { kind: 'none' },
    );
  } catch {
    // A GPU that fails at its trial is none.
    onVerdict({ kind: 'none' });
  }
  if (!used) {
    worker.terminate();
    return undefined;
  }
  died.catch(lose);
  return {
    async draw(request) {
      const drawing = Promise.race([remote.draw(request), died]);
      underWay.add(drawing);
      return drawing.finally(() => underWay.delete(drawing));
    },
  };
}
