import { add, mean, mul, reshape, rsqrt, square, sub, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';

/** Added to the variance, inside the root (Magenta `rnn.py`, `layer_norm`). */
const EPSILON = 1e-3;

/** Gain and shift of a normalisation, `[groups * units]` each. */
export interface Affine {
  readonly gamma: Tensor;
  readonly beta: Tensor;
}

/**
 * Layer normalisation (Ba et al. 2016, eq. 4), each of `groups` blocks of columns on its own.
 *
 * @param x `[n, groups * units]`
 * @returns `[n, groups * units]`
 */
export function normalise(x: Tensor2D, { gamma, beta }: Affine, groups: number): Tensor2D {
  const [n, columns] = x.shape;
  const blocks = reshape(x, [n * groups, columns / groups]);
  const centred = sub(blocks, mean(blocks, 1, true));
  const variance = mean(square(centred), 1, true);
  const unit = reshape(mul(centred, rsqrt(add(variance, EPSILON))), [n, columns]); // [n, groups * units]
  return add(mul(unit, gamma), beta);
}
