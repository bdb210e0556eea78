import fc from 'fast-check';
import { expect, test } from 'vitest';
import { klDivergence, latentOf } from './latent.ts';

const gaussians = fc.array(
  fc.record({
    mu: fc.double({ min: -2, max: 2, noNaN: true }),
    logVariance: fc.double({ min: -3, max: 2, noNaN: true }),
  }),
  { minLength: 1, maxLength: 3 },
);

/** KL(N(mu, sigma^2) || N(0, 1)) as the integral it stands for. */
function integratedKl(mu: number, logVariance: number): number {
  const sigma = Math.exp(logVariance / 2);
  const step = sigma / 50;
  let sum = 0;
  for (let x = mu - 12 * sigma; x < mu + 12 * sigma; x += step) {
    const logQ = -(((x - mu) / sigma) ** 2) / 2 - Math.log(sigma * Math.sqrt(2 * Math.PI));
    const logP = -(x ** 2) / 2 - Math.log(Math.sqrt(2 * Math.PI));
    sum += Math.exp(logQ) * (logQ - logP) * step;
  }
  return sum;
}

test('KL is its integral, a mean over z', () => {
  fc.assert(
    fc.property(gaussians, (all) => {
      const mean = Float64Array.from(all, ({ mu }) => mu);
      const logVariance = Float64Array.from(all, (gaussian) => gaussian.logVariance);
      const expected = all.reduce((sum, { mu, logVariance: s }) => sum + integratedKl(mu, s), 0) / all.length;
      expect(klDivergence({ mean, logVariance })).toBeCloseTo(expected, 6);
    }),
    { numRuns: 20 },
  );
});

test('z lies epsilon standard deviations from the mean', () => {
  const posterior = { mean: Float64Array.of(1, -2), logVariance: Float64Array.of(Math.log(4), 0) };
  const z = latentOf(posterior, Float64Array.of(-1, 3));
  expect(z[0]).toBeCloseTo(-1, 12);
  expect(z[1]).toBeCloseTo(1, 12);
});
