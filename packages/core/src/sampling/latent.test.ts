import { describe, expect, test } from 'vitest';
import { posteriorLatents, priorLatents } from './latent.ts';

describe('latent vectors', () => {
  test("one seed's from the prior is its own, whatever stands beside it", () => {
    expect(priorLatents([3, 4], 6).subarray(6)).toEqual(priorLatents([4], 6));
    expect(priorLatents([3], 6)).not.toEqual(priorLatents([4], 6));
  });

  test('from the posterior are mean + deviation x epsilon', () => {
    const posterior = { mean: Float32Array.of(1, -2), logVariance: Float32Array.of(0, Math.log(9)) };
    const z = posteriorLatents(posterior, Float32Array.of(0.5, -1));
    expect(z[0]).toBeCloseTo(1.5, 6);
    expect(z[1]).toBeCloseTo(-5, 5);
  });
});
