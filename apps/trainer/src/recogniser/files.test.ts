import { keyOf } from '@sketch-rnn/data';
import { describe, expect, test } from 'vitest';
import { writeModel, writeSafetensors } from '@sketch-rnn/core';
import { tinyModel } from '../testing/command-line.ts';
import { readNetwork, readTraining, type TrainingState, writeNetwork, writeTraining } from './files.ts';
import { initialWeights, shapesOf } from './layers.ts';

const state: TrainingState = {
  classes: ['owl', 'palm tree', 'The Mona Lisa'],
  data: 'quickdraw (licence: CC BY 4.0, Google)',
  step: 12,
  seed: 2 ** 40,
  seconds: 3.25,
  weights: initialWeights(3, keyOf(1)),
  first: initialWeights(3, keyOf(2)),
  second: initialWeights(3, keyOf(3)),
};

type Values = TrainingState['weights'];

/** Matchers look at half a million numbers one by one. */
function expectSame(got: Values, expected: Values): void {
  expect(Object.keys(got)).toEqual(Object.keys(expected));
  for (const [name, values] of Object.entries(expected)) {
    expect(Buffer.compare(Buffer.from((got[name] as Float32Array).buffer), Buffer.from(values.buffer)), name).toBe(0);
  }
}

describe('what is written is read again', () => {
  test('a training', () => {
    const { weights, first, second, ...facts } = readTraining(writeTraining(state), 'file');
    expectSame(weights, state.weights);
    expectSame(first, state.first);
    expectSame(second, state.second);
    const { classes, data, step, seed, seconds } = state;
    expect(facts).toEqual({ classes, data, step, seed, seconds });
  });

  test('a recogniser, of a training too', () => {
    for (const bytes of [writeNetwork(state), writeTraining(state)]) {
      const { weights, ...facts } = readNetwork(bytes, 'file');
      expectSame(weights, state.weights);
      expect(facts).toEqual({ classes: state.classes, data: state.data, step: state.step });
    }
  });
});

describe('what is none is refused with its name and what it lacks', () => {
  const metadata = { format: 'sketch-rnn-recogniser', version: '1', classes: 'owl\npig', data: 'demo', step: '1' };
  const stored = Object.entries(shapesOf(2)).map(
    ([name, shape]) => [name, { shape, values: new Float32Array(shape.reduce((all, size) => all * size, 1)) }] as const,
  );
  const whole = Object.fromEntries(stored);

  test.for<[what: string, bytes: Uint8Array, message: RegExp]>([
    ['no safetensors', new Uint8Array(99), /file: expected a safetensors file/],
    ['a model', writeModel(tinyModel()), /file: format: .*, got sketch-rnn - .*recogniser train/],
    ['another version', writeSafetensors(whole, { metadata: { ...metadata, version: '2' } }), /file: version: .*got 2/],
    ['no classes', writeSafetensors(whole, { metadata: { ...metadata, classes: '' } }), /file: classes/],
    [
      'other classes',
      writeSafetensors(whole, { metadata: { ...metadata, classes: 'owl' } }),
      /tensor "scores\.weights": expected shape \[256, 1\], got \[256, 2\]/,
    ],
    [
      'a layer missing',
      writeSafetensors(Object.fromEntries(stored.filter(([name]) => name !== 'layer3.gain')), { metadata }),
      /tensor "layer3\.gain": expected shape \[48\], got no such tensor/,
    ],
  ])('%s', ([, bytes, message]) => {
    expect(() => readNetwork(bytes, 'file')).toThrow(message);
  });

  test('a recogniser whose training is not in it', () => {
    expect(() => readTraining(writeNetwork(state), 'file')).toThrow(/file: seed: .*got nothing/);
  });
});
