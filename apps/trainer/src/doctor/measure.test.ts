import { createFusedEngine, createLoopsDevice, createWorkersEngine } from '@sketch-rnn/backend';
import type { Engine } from '@sketch-rnn/core';
import { describe, expect, test } from 'vitest';
import { limitsOf } from './limits.ts';
import { checkNames, type Deviation, deviations, largest } from './measure.ts';
import { examine, examOf } from './selftest.ts';

const { signal } = new AbortController();
const exam = await examOf('lstm', signal);
const limits = limitsOf('wasm', 'cpu');

/** Names of the checks that an engine does not pass. */
async function failed(engine: Engine): Promise<string[]> {
  const found = await deviations(engine, exam);
  engine.dispose();
  return checkNames.filter((name) => !(found[name].error <= limits[name]));
}

/** An engine that is right, but for what it is changed in. */
function engineBut(changes: (engine: Engine) => Partial<Engine>): Engine {
  const engine = createFusedEngine(createLoopsDevice(), exam.start);
  return { ...engine, ...changes(engine) };
}

/** One number of many, changed. */
function nudged(values: Float32Array, change: (value: number) => number): Float32Array {
  return values.map((value, i) => (i === 3 ? change(value) : value));
}

describe('an engine', () => {
  test('that is right passes every check', async () => {
    expect(await failed(createWorkersEngine(exam.start, 2))).toEqual([]);
  });

  test.for<[string, (engine: Engine) => Partial<Engine>, string[]]>([
    [
      'halves twenty of 5476 numbers of a gradient',
      (engine) => ({
        async gradients(step) {
          const { costs, gradients } = await engine.gradients(step);
          const name = 'decoder.hiddenWeights';
          const halves = (gradients[name] as Float32Array).map((g, i) => (i < 20 ? g / 2 : g));
          return { costs, gradients: { ...gradients, [name]: halves } };
        },
      }),
      ['gradients'],
    ],
    [
      'leaves a cost out',
      (engine) => ({
        gradients: async (step) => {
          const { costs, gradients } = await engine.gradients(step);
          return { costs: { ...costs, kl: 0 }, gradients };
        },
      }),
      ['costs'],
    ],
    [
      'says what is no number',
      (engine) => ({
        score: async (request) => {
          const scores = await engine.score(request);
          return { ...scores, pen: nudged(scores.pen, () => Number.NaN) };
        },
      }),
      ['probabilities'],
    ],
    [
      'takes mean and variance for each other',
      (engine) => ({
        encode: async (batch) => {
          const { mean, logVariance } = await engine.encode(batch);
          return { mean: logVariance, logVariance: mean };
        },
      }),
      ['encoder'],
    ],
    ['does not learn', () => ({ trainStep: async () => undefined as never }), ['optimiser']],
    [
      'draws by other seeds',
      (engine) => ({
        sample: (request) => engine.sample({ ...request, seeds: request.seeds.map((seed) => seed + 1) }),
      }),
      ['sketches'],
    ],
  ])('that %s fails in that alone', async ([, changes, checks]) => {
    expect(await failed(engineBut(changes))).toEqual(checks);
  });

  test('that fails is reported with what it said, not thrown', async () => {
    const result = await examine(
      {
        name: 'webgpu',
        create: () => engineBut(() => ({ encode: () => Promise.reject(new Error('device lost')) })),
        measurePeak: async () => 1,
      },
      { detail: 'a GPU', computesOn: 'gpu' },
      { exams: [exam], signal },
    );
    expect(result).toMatchObject({ engine: 'webgpu', ok: false, failure: 'device lost', checks: [] });
    expect(result.speed).toBeUndefined();
  });
});

test('sketches are long enough to tell engines apart', () => {
  const lengths = exam.expected.drawn.map(({ length }) => length / 3);
  expect(lengths.filter((length) => length > 5).length).toBeGreaterThan(lengths.length / 2);
});

test('what is no number is worse than anything', () => {
  const nothing: Deviation = { error: Number.NaN, at: 'nothing' };
  expect(largest([{ error: 1 }, nothing, { error: 2 }])).toEqual(nothing);
});
