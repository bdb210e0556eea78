import { keyOf, normals } from '@sketch-rnn/data';
import { describe, expect, test } from 'vitest';
import { presets, modelConfigOf } from '../config.ts';
import { classLatents, latentStatistics, posteriorLatents, priorLatents } from './latent.ts';

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

describe('latent vectors of a class', () => {
  const config = modelConfigOf({ ...presets.tiny, latentSize: 2 }, 2);
  const latents = { mean: Float32Array.of(10, 20, 30, 40), deviation: Float32Array.of(1, 2, 3, 0) };

  test('are the normals of their seeds, stretched and moved as their class says', () => {
    const [a = NaN, b = NaN] = priorLatents([7], 2);
    const [c = NaN] = priorLatents([8], 2);
    const z = classLatents({ config, latents }, [7, 8], [0, 1]);
    for (const [i, value] of [10 + a, 20 + 2 * b, 30 + 3 * c, 40].entries()) expect(z[i]).toBeCloseTo(value, 5);
  });

  test('are from the prior in a model that knows none', () => {
    expect(classLatents({ config }, [7, 8], [0, 1])).toEqual(priorLatents([7, 8], 2));
  });

  test('drawn by their statistics have the mean and deviation of the posteriors they were taken from', () => {
    // Drawings at -1 and 5, each with a deviation of 2: a mixture of mean 2 and variance 9 + 4.
    const { mean, deviation } = latentStatistics(
      { mean: Float32Array.of(-1, 0, 5, 0), logVariance: new Float32Array(4).fill(Math.log(4)) },
      2,
    );
    expect([...mean]).toEqual([2, 0]);
    expect(deviation[0]).toBeCloseTo(Math.sqrt(13), 5);
    expect(deviation[1]).toBeCloseTo(2, 5);
    const posterior = normals(keyOf(1), 4000);
    const drawn = latentStatistics({ mean: posterior, logVariance: new Float32Array(4000).fill(-Infinity) }, 1);
    expect(drawn.mean[0]).toBeCloseTo(0, 1);
    expect(drawn.deviation[0]).toBeCloseTo(1, 1);
  });
});
