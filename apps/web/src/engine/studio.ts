import type { ModelFacts } from '../catalogue/catalogue.ts';
import type { DrawnSketch, DrawRequest } from './artist.ts';
import { type Crew, type RunOptions, startCrew } from './crew.ts';
import { GalleryError } from './error.ts';
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
}

/** Sketches a worker draws between two looks at what else is to be done. */
const PIECE = 4;

/** More workers than this take memory and bring little: a wall is drawn faster than anyone looks. */
const MOST_WORKERS = 4;

/** A studio for a model; nothing is loaded yet. */
export function createStudio(model: ModelFacts): Studio {
  let state: StudioState = { kind: 'resting' };
  let crew: Promise<Crew> | undefined;
  const listeners = new Set<() => void>();

  function become(next: StudioState): void {
    state = next;
    for (const listener of listeners) listener();
  }

  async function open(): Promise<Crew> {
    try {
      become({ kind: 'loading', share: 0 });
      const { bytes, from } = await loadWeights(model, (share) => become({ kind: 'loading', share }));
      const started = await startCrew({
        weights: bytes,
        where: model.url,
        size: Math.max(1, Math.min(MOST_WORKERS, navigator.hardwareConcurrency - 1)),
        open: () => new Worker(new URL('../worker/worker.ts', import.meta.url), { type: 'module' }),
        onFailure: (error) => become({ kind: 'failed', error }),
      });
      become({ kind: 'ready', device: started.device, workers: started.size, weights: from });
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
    async draw(request, { signal, urgent = false, onSketches }) {
      const working = await ready();
      await Promise.all(
        pieces(request).map(async ({ from, piece }) => {
          const sketches = await working.run((remote) => remote.draw(piece), { signal, urgent });
          if (!signal.aborted) onSketches(from, sketches);
        }),
      );
      signal.throwIfAborted();
    },
    async encode(sketches, options) {
      return (await ready()).run((remote) => remote.encode(sketches), options);
    },
  };
}

/** A request cut into small ones. */
function pieces(request: DrawRequest): { from: number; piece: DrawRequest }[] {
  const { seeds, label, z } = request;
  const width = (z?.length ?? 0) / seeds.length;
  return Array.from({ length: Math.ceil(seeds.length / PIECE) }, (_, i) => {
    const [from, to] = [i * PIECE, Math.min(seeds.length, (i + 1) * PIECE)];
    const piece = {
      ...request,
      seeds: seeds.slice(from, to),
      label: typeof label === 'number' ? label : label.slice(from, to),
      ...(z && { z: z.slice(from * width, to * width) }),
    };
    return { from, piece };
  });
}
