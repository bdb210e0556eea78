import { lookAround } from '@sketch-rnn/backend';
import { type Example, keyOf, normals, toStroke3 } from '@sketch-rnn/data';
import { dispose, memory, type Tensor } from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { initialWeights } from './layers.ts';
import type { Weights } from './network.ts';
import { tensorsFrom, useTensorFlow } from './recogniser.ts';
import { lessonsOf, lossAndGradients } from './step.ts';

const runs = (await lookAround()).some(({ engine, availability }) => engine === 'tensorflow' && availability.runs);

/** Nine circles, and four lines of class 1; class 2 is a single triangle. */
function shape(label: number, turn: number): Example {
  const corners = [40, 2, 3][label] as number;
  const point = (i: number) => [100 * Math.cos(turn + (6.2832 * i) / corners), 100 * Math.sin(turn + (6.2832 * i) / corners)] as const; // prettier-ignore
  return { label, stroke3: toStroke3([Array.from({ length: corners + 1 }, (_, i) => point(i))]) };
}
const examples = [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2].map((label, i) => shape(label, i));
/** A class in proportion to the root of its drawings. */
const PRIOR = [3 / 6, 2 / 6, 1 / 6];

async function lossOf(weights: Weights, seed: number, step: number) {
  const { loss, gradients } = lossAndGradients(weights, lessonsOf(examples, 3, seed), step);
  const [value] = await loss.data();
  const bias = await (gradients['scores.bias'] as Tensor).data();
  dispose([loss, ...Object.values(gradients)]);
  return { loss: value as number, bias };
}

describe.skipIf(!runs)('a step', () => {
  let weights: Weights;
  let begin: number;

  beforeEach(async () => {
    await useTensorFlow();
    begin = memory().numTensors;
    const values = initialWeights(3, keyOf(1));
    weights = tensorsFrom(3, { ...values, 'scores.weights': new Float32Array(256 * 3) });
  });

  afterEach(() => {
    dispose(Object.values(weights));
    // eslint-disable-next-line vitest/no-standalone-expect -- no test of this file may leak
    expect(memory().numTensors).toBe(begin);
  });

  test('of a network that knows nothing costs what the shares of the classes leave open', async () => {
    // Scores are 0: the answer is the prior. Each batch has its own counts, which the gradient tells: prior - mean target.
    const { loss, bias } = await lossOf(weights, 1, 0);
    const targets = PRIOR.map((share, label) => share - (bias[label] as number));
    expect(targets.reduce((sum, target) => sum + target, 0)).toBeCloseTo(1, 5);
    const expected = -targets.reduce((sum, target, label) => sum + target * Math.log(PRIOR[label] as number), 0);
    expect(loss).toBeCloseTo(expected, 4);
    // Of 64 drawings, each is 0.9 of its class and a thirtieth of every class.
    for (const target of targets)
      expect((64 * (target - 0.1 / 3)) / 0.9).toBeCloseTo(Math.round((64 * (target - 0.1 / 3)) / 0.9), 3);
  });

  test('is the same for the same seed and number, and another for others', async () => {
    const values = { ...initialWeights(3, keyOf(1)), 'scores.weights': normals(keyOf(2), 256 * 3) };
    const taught = tensorsFrom(3, values);
    const [first, again, next, other] = [
      await lossOf(taught, 1, 5),
      await lossOf(taught, 1, 5),
      await lossOf(taught, 1, 6),
      await lossOf(taught, 2, 5),
    ];
    dispose(Object.values(taught));
    expect(again).toEqual(first);
    expect(next.loss).not.toBe(first.loss);
    expect(other.loss).not.toBe(first.loss);
  });
});
