import { hasLatentFlag, type ModelConfig, type TrainingStep } from '@sketch-rnn/core';
import { fold, keyOf, normals, pack, permutation, type Stroke3, uniforms } from '@sketch-rnn/data';

/** Longest drawing of the benchmark, as the peers have it. */
export const MAX_POINTS = 250;

/** Drawings that batches are drawn from where no data are given. */
const SYNTHETIC = 10_000;

/** Logarithm's mean and deviation of the lengths of 85,541 drawings of Quick, Draw!: 45 points on average, 95 % up to 81. */
const LENGTHS = { mean: 3.716, deviation: 0.447 } as const;

/** Drawings as long as real ones are, with points as they come: lengths are what costs. */
export function syntheticDrawings(): Stroke3[] {
  const key = keyOf(1);
  return Array.from(normals(fold(key, 0), SYNTHETIC), (normal, i) => {
    const wanted = Math.round(Math.exp(LENGTHS.mean + LENGTHS.deviation * normal));
    const rows = Math.min(MAX_POINTS, Math.max(2, wanted));
    return normals(fold(key, i + 1), 3 * rows).map((value, k) => (k % 3 === 2 ? Number(value > 1.3) : value));
  });
}

export interface Workload {
  /** By length, where batches are to be of like length. */
  readonly drawings: readonly Stroke3[];
  readonly config: ModelConfig;
  readonly batchSize: number;
  /** Batches of like length, as a careful user would make them; else drawn regardless of length. */
  readonly sorted: boolean;
  readonly recurrentDropout: number;
}

/** Step `k` of the benchmark. */
export function stepOf({ drawings, config, batchSize, sorted, recurrentDropout }: Workload, k: number): TrainingStep {
  const key = fold(keyOf(2), k);
  const [where] = uniforms(fold(key, 1), 1) as unknown as [number];
  const from = Math.floor(where * Math.max(1, drawings.length - batchSize));
  const places = sorted
    ? Array.from({ length: Math.min(batchSize, drawings.length) }, (_, i) => from + i)
    : permutation(key, drawings.length).subarray(0, batchSize);
  const batch = pack(Array.from(places, (place) => drawings[place] as Stroke3));
  const count = batch.lengths.length;
  return {
    batch,
    ...(config.conditional && { epsilon: normals(fold(key, 2), count * config.latentSize) }),
    ...(hasLatentFlag(config) && { hasLatent: new Uint8Array(count).fill(1) }),
    ...(config.classes > 1 && { classes: new Int32Array(count) }),
    lossLength: MAX_POINTS,
    klWeight: 0.5,
    klTolerance: 0.2,
    learningRate: 1e-3,
    gradientClip: 1,
    dropout: { recurrentDropout, inputDropout: 0, outputDropout: 0, seed: k },
  };
}
