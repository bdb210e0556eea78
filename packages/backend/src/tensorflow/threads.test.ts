import { availableParallelism } from 'node:os';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Engine, EngineStart } from '@sketch-rnn/core';
import { smallConfig, smallParameters, smallStep } from '../../../../test/small-model.ts';
import { relativeError } from '../../../../test/closeness.ts';
import { createTensorFlowEngine } from './engine.ts';
import { findTensorFlow } from './find.ts';
import { threadsFor, withOneThreadEach } from './threads.ts';

vi.mock(import('node:os'), { spy: true });

const { availability } = await findTensorFlow();
const config = smallConfig({ encoderCell: 'layer_norm', decoderCell: 'lstm', latentDropout: 0.4 }, 2);
const start: EngineStart = { config, parameters: smallParameters(config, 2) };

const engines: Engine[] = [];
function open(engine: Engine): Engine {
  engines.push(engine);
  return engine;
}
afterEach(() => {
  for (const engine of engines.splice(0)) engine.dispose();
  vi.unstubAllEnvs();
  vi.mocked(availableParallelism).mockReset();
});

const VARIABLE = 'TF_NUM_INTRAOP_THREADS';
const BY_HAND = { encoderCell: 'lstm', decoderCell: 'layer_norm', conditional: true } as const;

describe('threads of a training', () => {
  test.for([
    { cores: 1, threads: 1 },
    { cores: 2, threads: 2 },
    { cores: 6, threads: 6 },
    { cores: 64, threads: 8 },
    { cores: 8, set: '2', threads: 4 },
    { cores: 2, set: '2', threads: 1 },
    { cores: 8, set: '0', threads: 1 },
    { cores: 8, set: 'many', threads: 1 },
  ])('on $cores cores, $set a thread, are $threads', ({ cores, set, threads }) => {
    vi.mocked(availableParallelism).mockReturnValue(cores);
    vi.stubEnv(VARIABLE, set);
    expect(threadsFor(BY_HAND)).toBe(threads);
  });

  test('are none for cells that the reference computes, with all cores', () => {
    vi.mocked(availableParallelism).mockReturnValue(4);
    vi.stubEnv(VARIABLE, undefined);
    expect(threadsFor({ ...BY_HAND, encoderCell: 'hyper' })).toBe(1);
    expect(threadsFor({ ...BY_HAND, decoderCell: 'hyper' })).toBe(1);
    expect(threadsFor({ ...BY_HAND, encoderCell: 'hyper', conditional: false })).toBe(4);
  });

  test.for([undefined, '3'])('leave the variable as it was: %s', async (given) => {
    vi.stubEnv(VARIABLE, given);
    const load = async (): Promise<string | undefined> => process.env[VARIABLE];
    expect(await withOneThreadEach(load)).toBe(given ?? '1');
    await expect(withOneThreadEach(() => Promise.reject(new Error('no addon')))).rejects.toThrow('no addon');
    expect(process.env[VARIABLE]).toBe(given);
  });
});

describe.skipIf(!availability.runs)('tensorflow on threads', () => {
  test.for([2, 3, 5])('%s threads take the steps that one takes', async (count) => {
    const [threads, alone] = [open(createTensorFlowEngine(start, count)), open(createTensorFlowEngine(start))];
    for (let k = 0; k < 3; k++) {
      const [found, expected] = [await threads.trainStep(smallStep(config)), await alone.trainStep(smallStep(config))];
      expect(found.applied).toBe(true);
      for (const cost of ['total', 'offset', 'pen', 'kl'] as const) {
        expect.soft(found[cost], cost).toBeCloseTo(expected[cost], 5);
      }
    }
    const [found, expected] = [await threads.optimiser(), await alone.optimiser()];
    expect(found.step).toBe(3);
    for (const [name, first] of Object.entries(expected.first)) {
      expect.soft(relativeError(found.first[name] ?? [], first), name).toBeLessThan(1e-4);
    }
  });

  test('a step that is not finite on one of them changes nothing on any', async () => {
    const threads = open(createTensorFlowEngine(start, 2));
    const step = smallStep(config, { changes: { klWeight: 0 } });
    await threads.trainStep(step);
    const before = [await threads.parameters(), await threads.optimiser()];
    const epsilon = Float32Array.from(step.epsilon as Float32Array);
    epsilon[0] = Infinity;
    expect((await threads.trainStep({ ...step, epsilon })).applied).toBe(false);
    expect([await threads.parameters(), await threads.optimiser()]).toEqual(before);
    expect((await threads.trainStep(step)).applied).toBe(true);
  });

  test('repeats to the bit, and each thread answers alike', async () => {
    const runs = [open(createTensorFlowEngine(start, 2)), open(createTensorFlowEngine(start, 2))];
    const dropout = { recurrentDropout: 0.2, inputDropout: 0.1, outputDropout: 0.1, seed: 5 };
    for (let k = 0; k < 3; k++)
      for (const run of runs) await run.trainStep(smallStep(config, { changes: { dropout } }));
    const [one, other] = await Promise.all(runs.map((run) => run.parameters()));
    expect(one).toEqual(other);
    const { batch } = smallStep(config);
    const [first, second] = [await runs[0]?.encode(batch), await runs[0]?.encode(batch)];
    expect(first).toEqual(second);
  });
});
