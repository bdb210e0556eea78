import { keyOf, normals } from '@sketch-rnn/data';
import { memory, tensor1d } from '@tensorflow/tfjs-core';
import { lookAround } from '@sketch-rnn/backend';
import { describe, expect, test } from 'vitest';
import { adamStep, disposeLearner, learnerOf } from './adam.ts';
import { useTensorFlow } from './recogniser.ts';

const runs = (await lookAround()).some(({ engine, availability }) => engine === 'tensorflow' && availability.runs);

describe.skipIf(!runs)('Adam', () => {
  test('is the paper, written number by number in float64', async () => {
    await useTensorFlow();
    const begin = memory().numTensors;
    const start = normals(keyOf(1), 5);
    const [weights, first, second] = [[...start], new Float64Array(5), new Float64Array(5)];
    let learner = learnerOf({ a: tensor1d(start) });
    for (let step = 1; step <= 4; step++) {
      const gradient = normals(keyOf(10 + step), 5);
      const given = tensor1d(gradient);
      learner = adamStep(learner, { a: given }, 0.1 / step);
      given.dispose();
      for (const [i, g] of gradient.entries()) {
        first[i] = 0.9 * (first[i] as number) + 0.1 * g;
        second[i] = 0.999 * (second[i] as number) + 0.001 * g * g;
        const [m, v] = [first[i] / (1 - 0.9 ** step), second[i] / (1 - 0.999 ** step)];
        weights[i] = (weights[i] as number) - ((0.1 / step) * m) / Math.sqrt(v);
      }
    }
    const got = await (learner.weights['a'] as ReturnType<typeof tensor1d>).data();
    for (const [i, value] of weights.entries()) expect(got[i]).toBeCloseTo(value, 5);
    disposeLearner(learner);
    expect(memory().numTensors).toBe(begin);
  });
});
