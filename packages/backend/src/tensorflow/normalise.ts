import { add, mean, mul, reshape, rsqrt, square, sub, sum, type Tensor } from '@tensorflow/tfjs-core';

/** Inside the root (Magenta `rnn.py`, `layer_norm`). */
const EPSILON = 1e-3;

/** What a layer normalisation leaves for its gradient: (x - mean) / deviation, and 1 / deviation. */
export interface Normalised {
  /** The shape of x. */
  readonly unit: Tensor;
  /** `[rows x groups, 1]`. */
  readonly inverse: Tensor;
}

/**
 * Layer normalisation without its gain and shift, each of `groups` blocks of columns on its own.
 *
 * @param x `[..., groups * units]`
 */
export function normalise(x: Tensor, groups: number): Normalised {
  const units = (x.shape[x.rank - 1] as number) / groups;
  const blocks = reshape(x, [x.size / units, units]);
  const centred = sub(blocks, mean(blocks, 1, true));
  const inverse = rsqrt(add(mean(square(centred), 1, true), EPSILON));
  return { unit: reshape(mul(centred, inverse), x.shape), inverse };
}

/**
 * The gradient through `normalise`: (d - mean(d) - unit mean(d unit)) / deviation.
 *
 * @param d gradient at `unit`
 */
export function normaliseGradient({ unit, inverse }: Normalised, d: Tensor, groups: number): Tensor {
  const units = (d.shape[d.rank - 1] as number) / groups;
  const rows = [d.size / units, units];
  const dRows = reshape(d, rows);
  const unitRows = reshape(unit, rows);
  const along = mul(unitRows, mean(mul(dRows, unitRows), 1, true));
  return reshape(mul(sub(sub(dRows, mean(dRows, 1, true)), along), inverse), d.shape);
}

/** Gradients of gain and shift from those at the outputs: sums over all rows, `[..., columns]` without the row axis. */
export function affineGradients(d: Tensor, unit: Tensor): { gamma: Tensor; beta: Tensor } {
  const rowAxis = d.rank - 2;
  return { gamma: sum(mul(d, unit), rowAxis), beta: sum(d, rowAxis) };
}
