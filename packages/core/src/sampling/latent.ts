import { fold, keyOf, normals } from '@sketch-rnn/data';
import type { Posterior } from '../engine.ts';
import type { ClassLatents } from '../files/latent-tensors.ts';
import type { Model } from '../files/model.ts';

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
 * Latent vectors to draw a class with: normal, with the mean and the deviation that the latent vectors of its drawings have where
 * the model knows them, else the prior's. Those of a class are far from the prior's where KL has a floor (Ghosh et al. 2020,
 * "From Variational to Deterministic Autoencoders", section 4).
 *
 * @param labels place of each one's class
 * @returns `[seeds, Z]`
 */
export function classLatents(
  { config: { latentSize }, latents }: Pick<Model, 'config' | 'latents'>,
  seeds: readonly number[],
  labels: readonly number[],
): Float32Array {
  const drawn = priorLatents(seeds, latentSize);
  if (!latents) return drawn;
  return drawn.map((value, i) => {
    const at = (labels[Math.floor(i / latentSize)] as number) * latentSize + (i % latentSize);
    return (latents.mean[at] as number) + (latents.deviation[at] as number) * value;
  });
}

/**
 * Mean and standard deviation of the latent vectors of some drawings, each a mixture of normals: what `classLatents` draws from.
 *
 * @returns `[Z]` each
 */
export function latentStatistics({ mean, logVariance }: Posterior, size: number): ClassLatents {
  const count = mean.length / size;
  const average = (of: (i: number) => number): Float32Array =>
    Float32Array.from({ length: size }, (_, d) => {
      let sum = 0;
      for (let i = d; i < mean.length; i += size) sum += of(i);
      return sum / count;
    });
  const middle = average((i) => mean[i] as number);
  const variance = average(
    (i) => ((mean[i] as number) - (middle[i % size] as number)) ** 2 + Math.exp(logVariance[i] as number),
  );
  return { mean: middle, deviation: variance.map(Math.sqrt) };
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
