import type { Catalogue } from '../catalogue/catalogue.ts';
import type { DrawnSketch, DrawRequest } from './artist.ts';
import { type Crew, type RunOptions, startCrew } from './crew.ts';
import { GalleryError } from './error.ts';
import { type Gpu, type GpuVerdict, tryGpu } from './gpu.ts';
import type { NextPoint, NextPointRequest } from './next-point.ts';
import { partsOf, pieces } from './pieces.ts';
import { loadWeights, type WeightsFrom } from './weights.ts';

/** How the engine is, for the badge and for messages. */
export type StudioState =
  | { readonly kind: 'resting' }
  | { readonly kind: 'loading'; readonly share: number }
  | {
      readonly kind: 'ready';
      /** `wasm`, or `loops` where WebAssembly has no SIMD. */
      readonly device: string;
      readonly workers: number;
      readonly weights: WeightsFrom;
      /** Undefined until many sketches were wanted at once. */
      readonly gpu?: GpuVerdict;
    }
  | { readonly kind: 'failed'; readonly error: GalleryError };

export interface DrawOptions extends RunOptions {
  /** Called as sketches come, with the place of the first of them in the request; not in order. */
  readonly onSketches: (from: number, sketches: readonly DrawnSketch[]) => void;
}

/** The model at work for the pages; loads itself when it is first asked for something. */
export interface Studio {
  readonly state: StudioState;
  /** @returns what ends the subscription */
  readonly subscribe: (listener: () => void) => () => void;
  /** Starts loading before anything is asked for; a failure is in `state`. */
  start(): void;
  /**
   * Draws sketches in small pieces on all workers.
   *
   * @throws the signal's reason, GalleryError, or ModelError's message where the model cannot do it
   */
  draw(request: DrawRequest, options: DrawOptions): Promise<void>;
  /** Means of q(z | sketch), `[sketches, Z]`; stroke-3 in data units. Throws as `draw` does. */
  encode(sketches: readonly Float32Array[], options: RunOptions): Promise<Float32Array>;
  /**
   * Log likelihood of a drawing under way (data units) under every class, nats; in pieces so small that what is urgent hardly waits.
   *
   * Throws as `draw` does.
   */
  judge(sketch: Float32Array, options: RunOptions): Promise<Float64Array>;
  /** Where the pen may go next. Throws as `draw` does. */
  nextPoint(request: NextPointRequest, options: RunOptions): Promise<NextPoint>;
}

/** Rows a worker judges between two looks: some 30 ms. */
const JUDGED_ROWS = 240;

/** Sketches from which on a GPU may be worth its while. */
const MANY = 16;

/** More workers than this take memory and bring little: a wall is drawn faster than anyone looks. */
const MOST_WORKERS = 4;

/** A studio for a model; nothing is loaded yet. */
export function createStudio({ model, classes }: Catalogue): Studio {
  let state: StudioState = { kind: 'resting' };
  let crew: Promise<Crew> | undefined;
  let bytes: Blob | undefined;
  let gpu: Gpu | undefined;
  let gpuSought = false;
  const listeners = new Set<() => void>();

  function become(next: StudioState): void {
    state = next;
    for (const listener of listeners) listener();
  }

  async function open(): Promise<Crew> {
    try {
      become({ kind: 'loading', share: 0 });
      const weights = await loadWeights(model, (share) => become({ kind: 'loading', share }));
      bytes = weights.bytes;
      const started = await startCrew({
        weights: weights.bytes,
        size: Math.max(1, Math.min(MOST_WORKERS, navigator.hardwareConcurrency - 1)),
        open: () => new Worker(new URL('../worker/worker.ts', import.meta.url), { type: 'module' }),
        onFailure: (error) => become({ kind: 'failed', error }),
      });
      become({ kind: 'ready', device: started.device, workers: started.size, weights: weights.from });
      return started;
    } catch (error) {
      const failure =
        error instanceof GalleryError
          ? error
          : new GalleryError('worker-crashed', (error as Error).message, { cause: error });
      become({ kind: 'failed', error: failure });
      throw failure;
    }
  }

  /** Once, and beside all else: the workers draw meanwhile. */
  async function seekGpu(working: Crew): Promise<void> {
    if (gpuSought || !bytes) return;
    gpuSought = true;
    gpu = await tryGpu({
      weights: bytes,
      open: () => new Worker(new URL('../worker/gpu-worker.ts', import.meta.url), { type: 'module' }),
      async timeWorkers(request) {
        const start = performance.now();
        await drawOn(working, request, { signal: new AbortController().signal, onSketches: () => undefined });
        return performance.now() - start;
      },
      onVerdict(verdict) {
        if (verdict.kind === 'lost') gpu = undefined;
        if (state.kind === 'ready') become({ ...state, gpu: verdict });
      },
    });
  }

  function ready(): Promise<Crew> {
    crew ??= open();
    return crew;
  }

  return {
    get state() {
      return state;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    start() {
      ready().catch(() => undefined);
    },
    async draw(request, options) {
      const working = await ready();
      const { signal, urgent = false, onSketches } = options;
      const many = !urgent && request.seeds.length >= MANY;
      // Without one, or where it is lost meanwhile, the workers draw.
      const byGpu = many ? await gpu?.draw(request).catch(() => undefined) : undefined;
      signal.throwIfAborted();
      if (byGpu) onSketches(0, byGpu);
      else await drawOn(working, request, options);
      if (many) void seekGpu(working);
    },
    async encode(sketches, options) {
      return (await ready()).run((remote) => remote.encode(sketches), options);
    },
    async judge(sketch, options) {
      const working = await ready();
      const likelihoods = new Float64Array(classes.length);
      const atOnce = Math.max(1, Math.floor(JUDGED_ROWS / (sketch.length / 3 + 1)));
      await Promise.all(
        partsOf(classes.length, atOnce).map(async ([from, to]) => {
          const labels = Array.from({ length: to - from }, (_, i) => from + i);
          likelihoods.set(await working.run((remote) => remote.judge({ sketch, labels }), options), from);
        }),
      );
      return likelihoods;
    },
    async nextPoint(request, options) {
      return (await ready()).run((remote) => remote.nextPoint(request), options);
    },
  };
}

/** Draws in small pieces on all workers. */
async function drawOn(
  working: Crew,
  request: DrawRequest,
  { signal, urgent = false, onSketches }: DrawOptions,
): Promise<void> {
  await Promise.all(
    pieces(request).map(async ({ from, piece }) => {
      const sketches = await working.run((remote) => remote.draw(piece), { signal, urgent });
      if (!signal.aborted) onSketches(from, sketches);
    }),
  );
  signal.throwIfAborted();
}
