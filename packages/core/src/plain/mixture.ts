import { boundedLogSigma, boundedRho, REFERENCE_EPSILON } from '../bounds.ts';
import type { OffsetLoss } from '../engine.ts';
import type { Floats } from './precision.ts';
import { logSoftmax, logSumExp } from './softmax.ts';

/**
 * Mixture of M bivariate Gaussians over the next offset (Graves 2013, eq. 19-22; Ha & Eck 2017, eq. 3), `[M]` each, model
 * units.
 */
export interface Mixture {
  readonly logPi: Floats;
  readonly muX: Floats;
  readonly muY: Floats;
  readonly logSigmaX: Floats;
  readonly logSigmaY: Floats;
  readonly rho: Floats;
}

/**
 * The mixture of a row of the decoder's outputs; the log form bounds sigma and rho.
 *
 * @param raw `[3 + 6M]`
 */
export function mixtureOf(raw: Floats, form: OffsetLoss): Mixture {
  const count = (raw.length - 3) / 6;
  const block = (index: number): Floats => raw.subarray(3 + index * count, 3 + (index + 1) * count);
  const bounded = form === 'log';
  return {
    logPi: logSoftmax(block(0)),
    muX: block(1),
    muY: block(2),
    logSigmaX: bounded ? block(3).map(boundedLogSigma) : block(3),
    logSigmaY: bounded ? block(4).map(boundedLogSigma) : block(4),
    rho: block(5).map(bounded ? boundedRho : Math.tanh),
  };
}

/**
 * Log density of an offset, nats: log sum_k pi_k N_k (Ha & Eck 2017, eq. 3 and 9). The `reference` form is Magenta's
 * log(sum_k pi_k N_k + 1e-6), never under -13.8.
 *
 * @param raw `[3 + 6M]`
 * @param row `[5]`, its first two numbers the offset in model units
 */
export function offsetLogDensity(raw: Floats, row: Floats, form: OffsetLoss): number {
  const mixture = mixtureOf(raw, form);
  const joint = mixture.logPi.map((logPi, k) => logPi + logNormal(mixture, k, row));
  const logDensity = logSumExp(joint);
  return form === 'log' ? logDensity : Math.log(Math.exp(logDensity) + REFERENCE_EPSILON);
}

/** Log density of component `k` (Graves 2013, eq. 24 and 25). */
function logNormal(mixture: Mixture, k: number, row: Floats): number {
  const logSigmaX = mixture.logSigmaX[k] as number;
  const logSigmaY = mixture.logSigmaY[k] as number;
  const rho = mixture.rho[k] as number;
  const x = ((row[0] as number) - (mixture.muX[k] as number)) / Math.exp(logSigmaX);
  const y = ((row[1] as number) - (mixture.muY[k] as number)) / Math.exp(logSigmaY);
  const unexplained = 1 - rho ** 2;
  const distance = x ** 2 + y ** 2 - 2 * rho * x * y;
  return -distance / (2 * unexplained) - Math.log(2 * Math.PI) - logSigmaX - logSigmaY - Math.log(unexplained) / 2;
}
