import { setImmediate } from 'node:timers/promises';
import { type Engine, initialise, type ModelConfig, type Parameters } from '@sketch-rnn/core';
import { keyOf, normals } from '@sketch-rnn/data';
import { trainingFlops } from './flops.ts';
import { MAX_POINTS, stepOf, type Workload } from './workload.ts';

/** Steps before the clock starts: what is compiled or set up once. */
const WARM_UP = 2;

/** Seconds that each number of sketches is drawn for. */
const SAMPLING_SECONDS = 2;

/** Logit of the end of a sketch that never comes. */
const NEVER = -30;

export interface TrainingSpeed {
  readonly pointsPerSecond: number;
  readonly stepsPerSecond: number;
  /** Products of matrices alone (`flops.ts`). */
  readonly gflopsPerSecond: number;
}

/** Fresh weights of a model whose sketches never end: every sample is as long as it may be. */
export function endlessWeights(config: ModelConfig): Parameters {
  const parameters = initialise(config, 1);
  const bias = Float32Array.from(parameters['output.bias'] as Float32Array);
  bias[2] = NEVER;
  return { ...parameters, 'output.bias': bias };
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

/** Rows drawn a second, of so many sketches at once. */
export async function samplingSpeed(engine: Engine, count: number): Promise<number> {
  const { conditional, classes, latentSize } = engine.config;
  const seeds = Array.from({ length: count }, (_, seed) => seed);
  const request = {
    count,
    condition: {
      ...(conditional && { z: normals(keyOf(3), count * latentSize) }),
      ...(classes > 1 && { classes: new Int32Array(count) }),
    },
    temperature: 0.5,
    maxLength: MAX_POINTS,
    seeds,
  };
  let [rows, elapsed] = [0, 0];
  for (let k = 0; elapsed < SAMPLING_SECONDS; k++) {
    const begun = performance.now();
    const drawn = await engine.sample(request);
    if (k === 0) continue;
    elapsed += (performance.now() - begun) / 1000;
    for (const { stroke3 } of drawn) rows += stroke3.length / 3;
  }
  return rows / elapsed;
}
