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

test("Magenta's model takes about 9.9 million operations a point to train", () => {
  const config = modelConfigOf(configFrom('magenta'), 1);
  const flops = trainingFlops(config, { encoderRows: 1, decoderRows: 1, sketches: 0 });
  expect(flops / 1e6).toBeCloseTo(9.94, 2);
});
