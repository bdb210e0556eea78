import { lookAround } from '@sketch-rnn/backend';
import { bits, keyOf, uniforms } from '@sketch-rnn/data';
import { dispose, type Tensor2D, tensor2d, tidy } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { FEATURES, initialWeights, shapesOf } from './layers.ts';
import { featuresOf } from './network.ts';
import { SIDE } from './raster.ts';
import { tensorsFrom, useTensorFlow } from './recogniser.ts';

const runs = (await lookAround()).some(({ engine, availability }) => engine === 'tensorflow' && availability.runs);

/** Pictures with ink in a tenth of their pixels. */
const pictures = uniforms(keyOf(1), 3 * SIDE * SIDE).map((value, i) =>
  (bits(keyOf(i), 1)[0] as number) % 10 ? 0 : value,
);

async function features(values: Readonly<Record<string, Float32Array>>): Promise<Float32Array> {
  await useTensorFlow();
  const weights = tensorsFrom(2, values);
  const found: Tensor2D = tidy(() => featuresOf(weights, tensor2d(pictures, [3, SIDE * SIDE])));
  const data = await found.data<'float32'>();
  dispose([found, ...Object.values(weights)]);
  return data;
}

test('every weight has the size of its shape', () => {
  const values = initialWeights(7, keyOf(1));
  for (const [name, shape] of Object.entries(shapesOf(7))) {
    expect(values[name]?.length, name).toBe(shape.reduce((all, size) => all * size, 1));
  }
});

describe.skipIf(!runs)('the network', () => {
  test('sees no difference when the weights of a layer are shifted and scaled: they are standardised', async () => {
    const values = initialWeights(2, keyOf(3));
    const moved = Object.entries(values).map(([name, each], i): [string, Float32Array] => [
      name,
      /^layer.*weights$/.test(name) ? each.map((value) => (i + 2) * value + 0.3) : each,
    ]);
    const [before, after] = [await features(values), await features(Object.fromEntries(moved))];
    expect(before).toHaveLength(3 * FEATURES);
    for (const [i, value] of before.entries()) expect(Math.abs(value - (after[i] as number))).toBeLessThan(0.02);
  });

  test('grows with its last gain, and falls silent where that is 0', async () => {
    const values = initialWeights(2, keyOf(3));
    const gained = (gain: number) => features({ ...values, 'layer8.gain': new Float32Array(FEATURES).fill(gain) });
    const [one, two, none] = [await gained(1), await gained(2), await gained(0)];
    for (const [i, value] of one.entries()) expect(two[i]).toBeCloseTo(2 * value, 3);
    expect(Math.max(...none.map(Math.abs))).toBe(0);
    expect(Math.max(...one)).toBeGreaterThan(0);
  });
});
