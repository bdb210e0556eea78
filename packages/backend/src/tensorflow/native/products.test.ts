import { Worker } from 'node:worker_threads';
import { keyOf, normals } from '@sketch-rnn/data';
import { expect, onTestFinished, test } from 'vitest';
import { findTensorFlow } from '../find.ts';
import type { Block } from './memory.ts';
import { openTensorFlow } from './tensorflow.ts';

const { availability } = await findTensorFlow();

/** Several thousand signals: far fewer corrupted the heap where TensorFlow's plain product computed these. */
const TIMES = 1500;

test.skipIf(!availability.runs)('signals handled in the middle of products change nothing', async () => {
  const ignore = (): void => undefined;
  process.on('SIGUSR2', ignore);
  const signals = new Worker(
    `const { parentPort, workerData } = require('node:worker_threads');
     parentPort.postMessage('begun');
     const pause = new Int32Array(new SharedArrayBuffer(4));
     for (;;) { process.kill(workerData, 'SIGUSR2'); Atomics.wait(pause, 0, 0, 0.2); }`,
    { eval: true, workerData: process.pid },
  );
  onTestFinished(async () => {
    await signals.terminate();
    process.off('SIGUSR2', ignore);
  });
  await new Promise((resolve) => void signals.once('message', resolve));

  const tf = openTensorFlow();
  const block = (use: number, shape: readonly [number, number]): Block =>
    tf.floats(normals(keyOf(use), shape[0] * shape[1]), shape);
  tf.within(() => {
    const [a, b, single] = [block(1, [100, 128]), block(2, [128, 1024]), block(3, [1, 128])];
    const results = (): Float32Array[] =>
      tf.within(() => [tf.product(a, b), tf.product(single, b)].map((result) => tf.read(result)));
    const expected = results();
    for (let k = 0; k < TIMES; k++) expect(results().every((result, i) => isSame(result, expected[i]))).toBe(true);
  });
  tf.close();
});

function isSame(a: Float32Array, b: Float32Array | undefined): boolean {
  return b !== undefined && Buffer.compare(Buffer.from(a.buffer), Buffer.from(b.buffer)) === 0;
}
