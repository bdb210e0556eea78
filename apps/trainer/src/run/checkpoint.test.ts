import { configFrom, readSafetensors, writeSafetensors } from '@sketch-rnn/core';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { exampleCheckpoint } from './example.ts';

const file = writeCheckpoint(exampleCheckpoint(500));

describe('a checkpoint file', () => {
  test.for([
    exampleCheckpoint(0),
    exampleCheckpoint(500, { best: { cost: -0.1 + 0.2, step: 400 }, skippedSteps: 3, seed: Number.MAX_SAFE_INTEGER }),
    exampleCheckpoint(2 ** 31, { seconds: 1 / 3, sources: ['"sha256":"', 'どうぶつ.npz'], engine: '"\\' }),
    exampleCheckpoint(1, { training: configFrom('tiny', { conditional: false, decoderCell: 'hyper' }) }),
  ])('gives back every bit', (checkpoint) => {
    expect(readCheckpoint(writeCheckpoint(checkpoint), 'file')).toEqual(checkpoint);
  });

  test('is a safetensors file with the weights as they are', () => {
    const { tensors } = readSafetensors(file, 'file');
    expect(tensors['model.output.weights']?.values).toEqual(exampleCheckpoint(500).model.parameters['output.weights']);
  });

  test('is the same for the same checkpoint', () => {
    expect(writeCheckpoint(exampleCheckpoint(500))).toEqual(file);
  });

  test('is refused wherever it is cut', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: file.length - 1 }), (length) => {
        expect(() => readCheckpoint(file.subarray(0, length), 'file')).toThrow(
          /^file: .* - the file is cut short or damaged/,
        );
      }),
    );
  });

  test('is refused whichever bit is turned', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: file.length - 1 }), fc.integer({ min: 0, max: 7 }), (at, bit) => {
        const turned = file.slice();
        turned[at] = (turned[at] as number) ^ (1 << bit);
        expect(() => readCheckpoint(turned, 'file')).toThrow(/^file: .* - the file is cut short or damaged/);
      }),
      // The header, a hundredth of the file, is where a turned bit means most.
      { examples: Array.from({ length: 400 }, (_, at): [number, number] => [at, at % 8]) },
    );
  });

  test('is refused with bytes added', () => {
    expect(() => readCheckpoint(Buffer.concat([file, Buffer.from([0])]), 'file')).toThrow(/sha256/);
  });

  test('of a later version says so', () => {
    const { metadata, tensors } = readSafetensors(file, 'file');
    const blank = writeSafetensors(tensors, { metadata: { ...metadata, version: '2', sha256: '0'.repeat(64) } });
    const at = Buffer.from(blank).indexOf('"sha256":"') + 10;
    blank.set(Buffer.from(createHash('sha256').update(blank).digest('hex')), at);
    expect(() => readCheckpoint(blank, 'file')).toThrow(/^file: version: .*another version of this program/);
  });

  test('is not written of weights or moments that are not finite', () => {
    const { model, optimiser, ...rest } = exampleCheckpoint(1);
    const spoilt = { 'output.bias': new Float32Array(33).fill(NaN) };
    expect(() =>
      writeCheckpoint({ ...rest, optimiser, model: { ...model, parameters: { ...model.parameters, ...spoilt } } }),
    ).toThrow(/finite/);
    expect(() =>
      writeCheckpoint({ ...rest, model, optimiser: { ...optimiser, second: { ...optimiser.second, ...spoilt } } }),
    ).toThrow(/finite/);
  });
});
