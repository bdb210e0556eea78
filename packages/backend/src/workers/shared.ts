/** Words of `control`. */
const ARRIVED = 0;
const GENERATION = 1;
const FAILED = 2;

/** Numbers each worker tells the others in a step: those of its outcome (`fused/training.ts`), and its share of KL. */
export const TOLD = 5;

/** What a worker says that stopped because another one failed. */
export const ECHO = 'another worker failed';

/** Memory that all workers of an engine see. */
export interface Shared {
  readonly workers: number;
  readonly control: Int32Array;
  /** `[workers, TOLD]`. */
  readonly told: Float64Array;
  /** `[workers, size]`: each its own gradients. */
  readonly gradients: Float32Array;
  /** `[size]` each: the model as of the last step, and its moments when they were last asked for. */
  readonly weights: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
}

export function createShared(workers: number, size: number): Shared {
  const floats = (count: number): Float32Array => new Float32Array(new SharedArrayBuffer(4 * count));
  return {
    workers,
    control: new Int32Array(new SharedArrayBuffer(4 * 3)),
    told: new Float64Array(new SharedArrayBuffer(8 * workers * TOLD)),
    gradients: floats(workers * size),
    weights: floats(size),
    first: floats(size),
    second: floats(size),
  };
}

/**
 * Waits until all workers have come here; what each wrote before, all see after.
 *
 * @throws Error where one of them failed
 */
export function meet({ control, workers }: Shared): void {
  const failed = (): boolean => Atomics.load(control, FAILED) === 1;
  const generation = Atomics.load(control, GENERATION);
  if (Atomics.add(control, ARRIVED, 1) + 1 === workers) {
    Atomics.store(control, ARRIVED, 0);
    Atomics.add(control, GENERATION, 1);
    Atomics.notify(control, GENERATION);
  } else {
    // Who fails later starts another generation: nobody falls asleep over it.
    while (!failed() && Atomics.load(control, GENERATION) === generation) Atomics.wait(control, GENERATION, generation);
  }
  if (failed()) throw new Error(ECHO);
}

/** Lets all who wait go on to their error: this worker will not come. */
export function fail({ control }: Shared): void {
  Atomics.store(control, FAILED, 1);
  Atomics.add(control, GENERATION, 1);
  Atomics.notify(control, GENERATION);
}

/** Makes meetings possible again, once no worker waits any more. */
export function recover({ control }: Shared): void {
  control.fill(0);
}
