/**
 * Where the mixture's parameters are kept, so that no density overflows, underflows or loses its gradient in float32.
 *
 * Every engine and the plain model share these numbers: they are part of the model, not of an implementation.
 */

/**
 * log sigma stays within +- this: the square of 1000 model units in the narrowest sigma still has a float32. Magenta's published
 * models go down to -13.6.
 */
export const LOG_SIGMA_LIMIT = 16;

/** tanh reaches +-1 in float32 from |x| = 9.01, and 1 - rho^2 is then 0: rho = this * tanh(x) keeps a margin. */
export const RHO_LIMIT = 1 - 1e-5;

/** Added to the density before the logarithm in the reference's form of the offset loss (Magenta `model.py`). */
export const REFERENCE_EPSILON = 1e-6;

/** log sigma from the decoder's output. */
export function boundedLogSigma(raw: number): number {
  return Math.min(LOG_SIGMA_LIMIT, Math.max(-LOG_SIGMA_LIMIT, raw));
}

/** rho from the decoder's output. */
export function boundedRho(raw: number): number {
  return RHO_LIMIT * Math.tanh(raw);
}
