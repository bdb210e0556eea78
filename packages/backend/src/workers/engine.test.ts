import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import {
  configFrom,
  type Engine,
  initialise,
  type MeasurePart,
  modelConfigOf,
  type StepPart,
  type TrainingStep,
} from '@sketch-rnn/core';
import { pack } from '@sketch-rnn/data';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createWorkersEngine, workersPeak } from './wasm.ts';
import { threads } from './testing.ts';

vi.mock(import('node:worker_threads'), async (original) => {
  const { knowing } = await import('./testing.ts');
  return knowing(await original());
});

/** For what comes soon, unless the machine is loaded. */
const WAIT = { timeout: 20_000 };

const config = modelConfigOf(configFrom('tiny'), 2);
const parameters = initialise(config, 1);
const batch = pack([
  Float32Array.of(1, 0, 0, 0, 1, 1),
  Float32Array.of(0.5, 0.5, 1),
  Float32Array.of(1, 1, 0, 2, 2, 1),
]);
const step: TrainingStep = {
  batch,
  epsilon: new Float32Array(3 * config.latentSize).fill(0.1),
  classes: Int32Array.of(0, 1, 1),
  lossLength: 4,
  klWeight: 0.5,
  klTolerance: 0,
  learningRate: 1e-3,
  gradientClip: 1,
  dropout: { recurrentDropout: 0.1, inputDropout: 0, outputDropout: 0, seed: 1 },
};

const engines: Engine[] = [];
function open(count: number): Engine {
  const engine = createWorkersEngine({ config, parameters }, count);
  engines.push(engine);
  return engine;
}
afterEach(() => {
  for (const engine of engines.splice(0)) engine.dispose();
  threads.length = 0;
});

describe('worker threads', () => {
  test('a thread that is gone ends the step with what to do, and every call after it', async () => {
    const engine = open(3);
    await engine.trainStep(step);
    const going = engine.trainStep(step);
    void threads[1]?.terminate();
    await expect(Promise.all([going, engine.trainStep(step)])).rejects.toThrow(
      /^wasm: expected worker 2 of 3 to go on, got its end \(code 1\) - start the engine again/,
    );
    await expect(engine.sample({ count: 1, condition: {}, temperature: 1, maxLength: 3, seeds: [1] })).rejects.toThrow(
      /worker 2 of 3/,
    );
    // The weights of the last whole step are still to be had: what a checkpoint needs.
    expect(Object.keys(await engine.parameters())).toEqual(Object.keys(parameters));
  });

  test('a step that cannot be taken is refused by name, and the next is taken', async () => {
    const engine = open(3);
    const { classes, ...rest } = step;
    expect(classes).toBeDefined();
    await expect(engine.trainStep(rest)).rejects.toThrow(/^condition\.classes: expected \[B\], got none/);
    expect((await engine.trainStep(step)).applied).toBe(true);
  });

  test('measuring the peak is interrupted with its threads ended', async () => {
    const controller = new AbortController();
    void workersPeak(controller.signal);
    await once(threads[0] as Worker, 'online');
    controller.abort();
    expect(threads.length).toBeGreaterThan(0);
    // Whose number is no more.
    await expect.poll(() => threads.map(({ threadId }) => threadId), WAIT).toEqual(threads.map(() => -1));
  });

  test('whoever measures hears of parts that follow each other within each step', async () => {
    const told: { readonly part: StepPart; readonly start: number; readonly duration: number }[] = [];
    const measure: MeasurePart = (part, start, duration) => void told.push({ part, start, duration });
    const engine = createWorkersEngine({ config, parameters, measure }, 2);
    engines.push(engine);
    await engine.gradients(step);
    expect(told).toEqual([]);
    for (let k = 0; k < 3; k++) {
      const begun = performance.now();
      await engine.trainStep(step);
      const ended = performance.now();
      const parts = told.splice(0);
      expect(new Set(parts.map(({ part }) => part))).toEqual(
        new Set(['dropout', 'encoder', 'decoder', 'loss', 'optimiser', 'exchange']),
      );
      // One begins where the one before it ends, to the rounding of a clock in milliseconds since the machine started.
      const ends = [begun, ...parts.map(({ start, duration }) => start + duration), ended];
      for (const [i, { start }] of parts.slice(1).entries()) expect(start).toBeCloseTo(ends[i + 1] as number, 4);
      expect(ends).toEqual(ends.toSorted((a, b) => a - b));
      expect(parts[0]?.start).toBeGreaterThan(begun);
    }
  });

  test('a step of fewer threads costs the same', async () => {
    const quiet = { ...step, dropout: { ...step.dropout, recurrentDropout: 0 } };
    const totals: number[] = [];
    for (const count of [1, 2, 4]) {
      const engine = open(count);
      totals.push((await engine.trainStep(quiet)).total, (await engine.trainStep(quiet)).total);
    }
    const [first, second] = totals;
    for (const [k, total] of totals.entries()) {
      expect(total).toBeCloseTo((k % 2 === 0 ? first : second) as number, 5);
    }
    expect(first).not.toBeCloseTo(second as number, 5);
  });
});
