import type { Floats } from './precision.ts';

/** Scale and shift of a layer normalisation, one number a unit. */
export interface Normalisation {
  readonly gamma: Floats;
  readonly beta: Floats;
}

/** Magenta's; added to the variance. */
const EPSILON = 1e-3;

/**
 * Layer normalisation in place (Ba et al. 2016, section 3): gamma * (v - mean) / sqrt(variance + epsilon) + beta, with the
 * variance of a population.
 *
 * @param values `[groups * n]`; each group has a mean and a variance of its own
 */
export function normalise(values: Floats, { gamma, beta }: Normalisation, groups = 1): void {
  const n = values.length / groups;
  for (let start = 0; start < values.length; start += n) {
    let mean = 0;
    for (let u = start; u < start + n; u++) mean += (values[u] as number) / n;
    let variance = 0;
    for (let u = start; u < start + n; u++) variance += ((values[u] as number) - mean) ** 2 / n;
    const scale = 1 / Math.sqrt(variance + EPSILON);
    for (let u = start; u < start + n; u++) {
      values[u] = (gamma[u] as number) * ((values[u] as number) - mean) * scale + (beta[u] as number);
    }
  }
}
