import {
  add,
  clipByValue,
  div,
  exp,
  log,
  logSoftmax,
  logSumExp,
  mul,
  neg,
  slice,
  softmax,
  split,
  square,
  sub,
  sum,
  tanh,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { LOG_SIGMA_LIMIT, REFERENCE_EPSILON, RHO_LIMIT } from '../bounds.ts';

/** The decoder's output, as logits and logarithms. Every field but `pen` is `[rows, M]`; model units. */
export interface RawMixture {
  /** `[rows, 3]`, logits of p1, p2, p3. */
  readonly pen: Tensor2D;
  readonly pi: Tensor2D;
  readonly muX: Tensor2D;
  readonly muY: Tensor2D;
  readonly sigmaX: Tensor2D;
  readonly sigmaY: Tensor2D;
  readonly rho: Tensor2D;
}

/**
 * The decoder's output by name (Ha & Eck 2017, eq. 5).
 *
 * @param raw `[rows, 3 + 6 M]`
 */
export function mixtureOf(raw: Tensor2D): RawMixture {
  const [, columns] = raw.shape;
  const width = (columns - 3) / 6;
  const parts = split<Tensor2D>(raw, [3, ...Array<number>(6).fill(width)], 1);
  const [pen, pi, muX, muY, sigmaX, sigmaY, rho] = parts as [
    Tensor2D,
    Tensor2D,
    Tensor2D,
    Tensor2D,
    Tensor2D,
    Tensor2D,
    Tensor2D,
  ];
  return { pen, pi, muX, muY, sigmaX, sigmaY, rho };
}

/**
 * Log density of each row's offset under its bivariate Gaussian mixture (Graves 2013, eq. 23..25; Ha & Eck 2017, eq. 3).
 *
 * On logarithms throughout: log pi + log N, then log-sum-exp. log(sum + 1e-6), as the reference has it
 * (`referenceLogDensity`), caps the loss of an outlier at 13.8 nats and takes its gradient away.
 *
 * @param targets `[rows, 5]`, of which the offsets count
 * @returns `[rows]`, nats
 */
export function logDensity(mixture: RawMixture, targets: Tensor2D): Tensor1D {
  const rho: Tensor2D = mul(tanh(mixture.rho), RHO_LIMIT);
  const sigmaX: Tensor2D = clipByValue(mixture.sigmaX, -LOG_SIGMA_LIMIT, LOG_SIGMA_LIMIT);
  const sigmaY: Tensor2D = clipByValue(mixture.sigmaY, -LOG_SIGMA_LIMIT, LOG_SIGMA_LIMIT);
  const components = add(logSoftmax(mixture.pi), logNormal(mixture, targets, { sigmaX, sigmaY, rho }));
  return logSumExp<Tensor1D>(components, 1);
}

/** The reference's form: log(sum of pi N + 1e-6), nothing bounded. */
export function referenceLogDensity(mixture: RawMixture, targets: Tensor2D): Tensor1D {
  const rho: Tensor2D = tanh(mixture.rho);
  const density = exp(logNormal(mixture, targets, { sigmaX: mixture.sigmaX, sigmaY: mixture.sigmaY, rho }));
  const total: Tensor1D = sum(mul(softmax(mixture.pi), density), 1);
  return log(add<Tensor1D>(total, REFERENCE_EPSILON));
}

/** log N(offset | mu, sigma, rho) of every component, `[rows, M]`; sigmas as logarithms. */
function logNormal(
  { muX, muY }: Pick<RawMixture, 'muX' | 'muY'>,
  targets: Tensor2D,
  { sigmaX, sigmaY, rho }: Record<'sigmaX' | 'sigmaY' | 'rho', Tensor2D>,
): Tensor2D {
  const [rows] = targets.shape;
  const zx = mul(sub(slice(targets, [0, 0], [rows, 1]), muX), exp(neg(sigmaX))); // [rows, M]
  const zy = mul(sub(slice(targets, [0, 1], [rows, 1]), muY), exp(neg(sigmaY)));
  const unexplained = sub(1, square(rho));
  const distance = sub(add(square(zx), square(zy)), mul(mul(rho, 2), mul(zx, zy)));
  const exponent = div(distance, mul(unexplained, -2));
  const logNorm = add(add(sigmaX, sigmaY), add(mul(log(unexplained), 0.5), Math.log(2 * Math.PI)));
  return sub(exponent, logNorm);
}

/**
 * Log probability of each row's pen state (Ha & Eck 2017, eq. 9, L_p).
 *
 * @param targets `[rows, 5]`, of which p1, p2, p3 count
 * @returns `[rows]`, nats
 */
export function logPen({ pen }: RawMixture, targets: Tensor2D): Tensor1D {
  const [rows] = targets.shape;
  return sum(mul(logSoftmax(pen), slice(targets, [0, 2], [rows, 3])), 1);
}
