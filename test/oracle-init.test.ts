import { initialise } from '@sketch-rnn/core';
import { describe, expect, test } from 'vitest';
import { oracleCases, readOracle } from './oracle.ts';
import { hasShared } from './shared.ts';

/** Standard deviation of the noise that the oracle adds to Magenta's start. */
const NOISE = 0.02;

describe.skipIf(!hasShared).for(oracleCases)('%s', (name) => {
  test('fresh weights have the means and variances of those that Magenta starts from', () => {
    const { config, init } = readOracle(name);
    const fresh = initialise(config, 1);
    for (const [parameter, theirs] of Object.entries(init)) {
      const ours = momentsOf(fresh[parameter] ?? new Float32Array());
      const expected = momentsOf(theirs);
      const variance = ours.variance + NOISE ** 2;
      // Six standard errors of the difference of two samples; a variance's is at most that of a normal's.
      const errors = 6 * Math.sqrt(2 / theirs.length);
      expect
        .soft(Math.abs(ours.mean - expected.mean), `mean of ${parameter}`)
        .toBeLessThan(errors * Math.sqrt(variance));
      const ratio = Math.max(variance, expected.variance) / Math.min(variance, expected.variance);
      expect.soft(Math.log(ratio), `variance of ${parameter}`).toBeLessThan(errors * Math.SQRT2);
    }
  });
});

function momentsOf(values: Float32Array): { mean: number; variance: number } {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  return { mean, variance: values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length };
}
