import { createFusedEngine, createLoopsDevice } from '@sketch-rnn/backend';
import type { Engine } from '@sketch-rnn/core';
import { expect, test } from 'vitest';
import { exampleModel, exampleStep } from './example.ts';
import { interruptible } from './interruptible.ts';
import { examine, examOf } from './selftest.ts';

const reason = new Error('interrupted by SIGINT');
const start = exampleModel('lstm');
const { batch } = exampleStep(start.config);

test('until the signal an engine answers as it does without', async () => {
  const engine = createFusedEngine(createLoopsDevice(), start);
  const { signal } = new AbortController();
  expect(await interruptible(engine, signal).encode(batch)).toEqual(await engine.encode(batch));
  await expect(interruptible(engine, signal).score({ batch, condition: {} })).rejects.toThrow(/^condition/);
});

test('with the signal a call that never ends is given up, and no other begins', async () => {
  const controller = new AbortController();
  const engine = interruptible(
    {
      ...createFusedEngine(createLoopsDevice(), start),
      encode: () => {
        setImmediate(() => controller.abort(reason));
        return new Promise(() => {});
      },
      parameters: () => expect.fail('a call after the signal'),
    },
    controller.signal,
  );
  await expect(engine.encode(batch)).rejects.toBe(reason);
  await expect(engine.parameters()).rejects.toBe(reason);
});

test('a measuring that never ends is given up as well', async () => {
  const exams = [await examOf('lstm', new AbortController().signal)];
  const { signal, measurePeak } = neverMeasured();
  const create = (): Engine => createFusedEngine(createLoopsDevice(), start);
  const chosen = { name: 'wasm', create, measurePeak } as const;
  await expect(examine(chosen, { detail: '', computesOn: 'cpu' }, { exams, signal })).rejects.toBe(reason);
});

/** A measuring of the peak that is interrupted once it has begun. */
function neverMeasured() {
  const controller = new AbortController();
  const measurePeak = (): Promise<number> => {
    setImmediate(() => controller.abort(reason));
    return new Promise(() => {});
  };
  return { signal: controller.signal, measurePeak };
}

test.for(['score', 'sample', 'gradients', 'trainStep'] as const)(
  'an engine whose %s is interrupted is disposed of, and no result',
  async (call) => {
    const exams = [await examOf('lstm', new AbortController().signal)];
    const controller = new AbortController();
    let disposed = 0;
    const create = (): Engine => {
      const engine = createFusedEngine(createLoopsDevice(), start);
      return {
        ...engine,
        [call]: () => {
          controller.abort(reason);
          return new Promise(() => {});
        },
        dispose: () => void disposed++,
      };
    };
    const { signal } = controller;
    const chosen = { name: 'wasm', create, measurePeak: async () => 1 } as const;
    await expect(examine(chosen, { detail: '', computesOn: 'cpu' }, { exams, signal })).rejects.toBe(reason);
    expect(disposed).toBe(1);
  },
);
