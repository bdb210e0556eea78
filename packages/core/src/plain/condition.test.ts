import { expect, test } from 'vitest';
import { smallConfig, smallParameters } from '../../../../test/small-model.ts';
import { conditionOf, sketchCondition } from './condition.ts';
import { plainModel } from './index.ts';

const z = Float64Array.of(0.5, -1, 2);

/** Two numbers a class: 0 1, 10 11, 20 21. */
const embedding = Float32Array.of(0, 1, 10, 11, 20, 21);

test.for([
  { title: 'z alone', changes: {}, classes: 1, expected: [0.5, -1, 2] },
  { title: 'z and flag', changes: { latentDropout: 0.4 }, classes: 1, expected: [0.5, -1, 2, 1] },
  { title: 'z and class', changes: {}, classes: 3, expected: [0.5, -1, 2, 20, 21] },
  { title: 'all', changes: { latentDropout: 0.4 }, classes: 3, expected: [0.5, -1, 2, 1, 20, 21] },
  { title: 'class alone', changes: { conditional: false, latentDropout: 0.4 }, classes: 3, expected: [20, 21] },
  { title: 'nothing', changes: { conditional: false }, classes: 1, expected: [] },
])(
  'a condition is [z | hasLatent | class embedding], what the model has of it: $title',
  ({ changes, classes, expected }) => {
    const config = smallConfig(changes, classes);
    const model = plainModel({ config, parameters: { ...smallParameters(config, 2), 'class.embedding': embedding } });
    expect([...conditionOf(model, { z, class: 2 })]).toEqual(expected);
  },
);

test('a sketch without latent has zeros for z and for the flag', () => {
  const config = smallConfig({ latentDropout: 0.4 }, 3);
  const model = plainModel({ config, parameters: { ...smallParameters(config, 2), 'class.embedding': embedding } });
  const batch = { z: Float32Array.of(1, 2, 3, 4, 5, 6), hasLatent: Uint8Array.of(0, 1), classes: Int32Array.of(1, 0) };
  expect([...conditionOf(model, sketchCondition(model, batch, 0))]).toEqual([0, 0, 0, 0, 10, 11]);
  expect([...conditionOf(model, sketchCondition(model, batch, 1))]).toEqual([4, 5, 6, 1, 0, 1]);
});
