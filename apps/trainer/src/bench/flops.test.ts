import { configFrom, modelConfigOf, parameterSpecs } from '@sketch-rnn/core';
import { expect, test } from 'vitest';
import { multiplicationsOf, trainingFlops } from './flops.ts';

test.for(['lstm', 'layer_norm', 'hyper'] as const)('every matrix is multiplied with once, on one row: %s', (cell) => {
  const config = modelConfigOf(configFrom('tiny', { encoderCell: cell, decoderCell: cell, latentDropout: 0.1 }), 3);
  const matrices = Object.entries(parameterSpecs(config)).filter(
    // The class vector is looked up.
    ([name, { shape }]) => shape.length === 2 && name !== 'class.embedding',
  );
  const numbers = matrices.reduce((sum, [, { shape }]) => sum + (shape[0] as number) * (shape[1] as number), 0);
  const { encoderRow, decoderRow, sketch } = multiplicationsOf(config);
  expect(encoderRow + decoderRow + sketch).toBe(numbers);
});

test('a model small enough to count by hand', () => {
  const sizes = { encoderSize: 2, decoderSize: 3, latentSize: 2, mixtures: 1 };
  const config = { ...modelConfigOf(configFrom('tiny'), 1), ...sizes };
  // Two directions of 5 inputs and 2 units to 8 gates.
  const encoderRow = 2 * (5 + 2) * 8;
  // 5 inputs and 3 units to 12 gates, then 3 units to 3 pen states and 6 numbers of the one component.
  const decoderRow = (5 + 3) * 12 + 3 * (3 + 6);
  // 4 units to mean and variance of z; z to the gates, and to hidden and cell state.
  const sketch = 2 * (4 * 2) + 2 * 12 + 2 * (3 + 3);
  expect(multiplicationsOf(config)).toEqual({ encoderRow, decoderRow, sketch });
  // A drawing of one point: the decoder reads the start row as well. A way forward and two back, of two operations each.
  const flops = trainingFlops(config, { encoderRows: 1, decoderRows: 2, sketches: 1 });
  expect(flops).toBe(2 * 3 * (112 + 2 * 123 + 52));
});

test("Magenta's model takes about 9.9 million operations a point to train", () => {
  const config = modelConfigOf(configFrom('magenta'), 1);
  const flops = trainingFlops(config, { encoderRows: 1, decoderRows: 1, sketches: 0 });
  expect(flops / 1e6).toBeCloseTo(9.94, 2);
});
