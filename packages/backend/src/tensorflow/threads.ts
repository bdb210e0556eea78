import { availableParallelism } from 'node:os';
import type { Cells } from '../availability.ts';
import { hasCell } from './program/cells.ts';

/** Says how many threads TensorFlow may compute an operation on; read once, when the first thread of a process loads it. */
const VARIABLE = 'TF_NUM_INTRAOP_THREADS';

/**
 * Of a batch of 100 each then has a dozen sketches, whose products take nearly twice as long a sketch as those of 50; twice as many
 * threads would be a fifth faster at best, and each holds some 150 MB.
 */
const MOST_THREADS = 8;

/** Whether a model is computed with gradients by hand: what worker threads need. */
export function isByHand({ encoderCell, decoderCell, conditional }: Cells): boolean {
  return hasCell(decoderCell) && (!conditional || hasCell(encoderCell));
}

/**
 * Worker threads that a training takes, each with a core of its own: most operations between products are too small for TensorFlow
 * to spread, so that threads with sketches of their own come further than threads that share each operation. Who sets
 * TF_NUM_INTRAOP_THREADS says how many cores each takes. 1: no worker threads.
 */
export function threadsFor(model: Cells): number {
  const each = Number(process.env[VARIABLE] ?? 1);
  // TensorFlow takes all cores for what is no number of threads.
  if (!isByHand(model) || !(each >= 1)) return 1;
  return Math.max(1, Math.min(MOST_THREADS, Math.floor(availableParallelism() / each)));
}

/**
 * Loads TensorFlow such that each operation is computed on the thread that asks for it. That holds for all of the process, which
 * is why only trainings do it.
 */
export async function withOneThreadEach<T>(load: () => Promise<T>): Promise<T> {
  const given = process.env[VARIABLE];
  process.env[VARIABLE] ??= '1';
  try {
    return await load();
  } finally {
    // Programs that this one starts have settings of their own.
    if (given === undefined) delete process.env[VARIABLE];
  }
}
