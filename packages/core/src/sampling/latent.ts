import { fold, keyOf, normals } from '@sketch-rnn/data';
import type { Posterior } from '../engine.ts';

/** Uses of a sketch's seed apart from its steps, which are numbered from 0. */
const LATENT_USE = 2 ** 31;

/**
 * Latent vectors from the prior N(0, I), one a seed.
 *
 * @returns `[seeds, size]`
 */
export function priorLatents(seeds: readonly number[], size: number): Float32Array {
  const out = new Float32Array(seeds.length * size);
  for (const [i, seed] of seeds.entries()) out.set(normals(fold(keyOf(seed), LATENT_USE), size), i * size);
  return out;
}

/**
 * Latent vectors from the posterior: mean + exp(logVariance / 2) * epsilon (Ha & Eck 2017, eq. 3).
 *
 * @param epsilon `[B, Z]`, standard normal
 * @returns `[B, Z]`
 */
export function posteriorLatents({ mean, logVariance }: Posterior, epsilon: Float32Array): Float32Array {
  return mean.map((mu, i) => mu + Math.exp((logVariance[i] as number) / 2) * (epsilon[i] as number));
}
