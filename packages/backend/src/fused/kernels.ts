import type { OffsetLoss } from '@sketch-rnn/core';
import type { Factor, Matrix } from './matrix.ts';
import type { DrawStep, LstmBackwardStep, LstmStep, NormBackwardStep, NormStep } from './kernel-steps.ts';

/**
 * The fused operations of a device: all that the program (`program/*.ts`) asks of it.
 *
 * Shapes in brackets; "+=" accumulates. A list of row numbers is a matrix of one row that holds whole numbers. Rows past the
 * shapes given and columns between a row's end and the next row's start are never touched.
 */
export interface Kernels {
  /** The weights as a factor on the right, `transpose`: their transpose. */
  prepare(weights: Matrix, transpose: boolean): Factor;

  /** out = a b, or out += a b: `[n, k]`, `[k, m]`, `[n, m]`. */
  multiply(product: { a: Matrix; b: Factor; out: Matrix; add: boolean }): void;

  /** out += a^T b, a sum over rows: `[r, k]`, `[r, m]`, `[k, m]`. */
  accumulate(product: { a: Matrix; b: Matrix; out: Matrix }): void;

  /** out[r] = from[rows[r]], or += it; `[n, m]`. Without `rows` from[r]. */
  copyRows(copy: { from: Matrix; rows?: Matrix; out: Matrix; add: boolean }): void;

  /** out[rows[r]] += from[r] for every row in order; `from [n, m]`. */
  addRows(sum: { from: Matrix; rows: Matrix; out: Matrix }): void;

  /** out += sum over rows of from, or of from times factor, element by element; `from [n, m]`, `out [1, m]`. */
  sumRows(sum: { from: Matrix; factor?: Matrix; out: Matrix }): void;

  fill(out: Matrix, value: number): void;

  /** out *= factor, element by element. */
  scale(out: Matrix, factor: Matrix): void;

  /** out = tanh(out). */
  tanh(out: Matrix): void;

  /** gradient *= 1 - y^2, the way back through y = tanh(x). */
  tanhBackward(gradient: Matrix, y: Matrix): void;

  /** One step of an LSTM in each of several layers that do not depend on each other. */
  lstm(steps: readonly LstmStep[]): void;

  /** The way back through one step of each of several layers. */
  lstmBackward(steps: readonly LstmBackwardStep[]): void;

  /** Layer normalisation, gates and memory of one step, its sums ready. */
  norm(step: NormStep): void;

  normBackward(step: NormBackwardStep): void;

  /** A hyper cell's sums: `sums = scaleX x + scaleH h + shift + bias`; modulation `[n, 3 m]` is [scaleX | scaleH | shift]. */
  modulate(step: { modulation: Matrix; x: Matrix; h: Matrix; bias: Matrix; sums: Matrix }): void;

  /** From d sums `[n, m]`: modulation becomes its gradient, x and h become theirs. */
  modulateBackward(step: { gradient: Matrix; modulation: Matrix; x: Matrix; h: Matrix }): void;

  /**
   * z = (mean + exp(logVariance / 2) epsilon) flag, and the divergence of each sketch from N(0, I), a mean over z, times flag
   * (Ha & Eck 2017, eq. 3 and 10). `[B, Z]`; flags and divergence `[B, 1]`.
   */
  latent(step: {
    mean: Matrix;
    logVariance: Matrix;
    epsilon: Matrix;
    flags: Matrix;
    z: Matrix;
    divergence: Matrix;
  }): void;

  /**
   * mean and logVariance become their gradients: those of z, and of the divergences times `weight` where the batch's `kl [1, 1]`
   * is not below the floor `tolerance`.
   */
  latentBackward(step: {
    mean: Matrix;
    logVariance: Matrix;
    epsilon: Matrix;
    flags: Matrix;
    zGradient: Matrix;
    kl: Matrix;
    weight: number;
    tolerance: number;
  }): void;

  /**
   * Log density of each row's offset and log probability of its pen state, `logs [R, 2]`, nats (core `reference/mixture.ts`).
   * With `gradient`, raw `[R, 3 + 6 M]` becomes the gradient of -gradient.scale x (sum of logs x gradient.weights `[R, 2]`).
   */
  mixture(step: {
    raw: Matrix;
    targets: Matrix;
    logs: Matrix;
    form: OffsetLoss;
    gradient?: { weights: Matrix; scale: number };
  }): void;

  /** Draws the next row of every sketch from the decoder's output (core `sampling/draw.ts`). */
  draw(step: DrawStep): void;

  /** out `[1, 1]` = 1 where every number is finite, else 0; `values` are looked at as they lie, one piece each. */
  finite(values: readonly Matrix[], out: Matrix): void;

  /**
   * One update of Adam (core `reference/adam.ts`), gradients clipped first; nothing changes where `apply [1, 1]` is 0.
   * All `[1, n]`; `rate` has the bias corrections in it.
   */
  adam(update: {
    weights: Matrix;
    gradients: Matrix;
    first: Matrix;
    second: Matrix;
    apply: Matrix;
    rate: number;
    clip: number;
  }): void;
}
