import { setImmediate } from 'node:timers/promises';
import type { Engine } from '@sketch-rnn/core';
import { trainingFlops } from './flops.ts';
import { stepOf, type Workload } from './workload.ts';

/** Steps before the clock starts: what is compiled or set up once. */
const WARM_UP = 2;

export interface TrainingSpeed {
  readonly pointsPerSecond: number;
  readonly stepsPerSecond: number;
  /** Products of matrices alone (`flops.ts`). */
  readonly gflopsPerSecond: number;
}

/**
 * Trains for about so many seconds; making the batches is not counted.
 *
 * @throws the signal's reason where it aborts
 */
export async function trainingSpeed(
  engine: Engine,
  workload: Workload,
  { seconds, signal }: { readonly seconds: number; readonly signal?: AbortSignal },
): Promise<TrainingSpeed> {
  const work = { encoderRows: 0, decoderRows: 0, sketches: 0 };
  let [steps, points, elapsed] = [0, 0, 0];
  for (let k = 0; elapsed < seconds; k++) {
    // Engines that never wait for anything would leave signals unheard.
    await setImmediate();
    signal?.throwIfAborted();
    const step = stepOf(workload, k);
    const begun = performance.now();
    await engine.trainStep(step);
    if (k < WARM_UP) continue;
    elapsed += (performance.now() - begun) / 1000;
    steps++;
    points += step.batch.encoderRows.length / 5;
    work.encoderRows += step.batch.encoderRows.length / 5;
    work.decoderRows += step.batch.decoderInputs.length / 5;
    work.sketches += step.batch.lengths.length;
  }
  return {
    pointsPerSecond: points / elapsed,
    stepsPerSecond: steps / elapsed,
    gflopsPerSecond: trainingFlops(engine.config, work) / elapsed / 1e9,
  };
}
