import type { Floats } from './precision.ts';

/** q(z | sketch), a normal distribution with a diagonal covariance, `[Z]` each. */
export interface LatentDistribution {
  readonly mean: Floats;
  readonly logVariance: Floats;
}

/** z = mean + exp(logVariance / 2) * epsilon (Kingma & Welling 2013; Ha & Eck 2017, eq. 2). */
export function latentOf({ mean, logVariance }: LatentDistribution, epsilon: Floats): Floats {
  return mean.map((mu, i) => mu + Math.exp((logVariance[i] as number) / 2) * (epsilon[i] as number));
}

/** KL(q(z | sketch) || N(0, I)) as a mean over z, nats (Ha & Eck 2017, eq. 10). */
export function klDivergence({ mean, logVariance }: LatentDistribution): number {
  let sum = 0;
  for (const [i, mu] of mean.entries()) {
    const s = logVariance[i] as number;
    sum -= (1 + s - mu ** 2 - Math.exp(s)) / 2;
  }
  return sum / mean.length;
}
