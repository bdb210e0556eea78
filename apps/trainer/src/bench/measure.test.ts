import { configFrom, type Engine, modelConfigOf, type StepCosts, type TrainingStep } from '@sketch-rnn/core';
import { chooseEngine } from '@sketch-rnn/backend';
import { describe, expect, test } from 'vitest';
import { trainingFlops } from './flops.ts';
import { trainingSpeed } from './measure.ts';
import { endlessWeights } from './sampling.ts';
import { MAX_POINTS, stepOf, syntheticDrawings, type Workload } from './workload.ts';

const config = modelConfigOf(configFrom('tiny'), 1);
const workload: Workload = {
  drawings: syntheticDrawings().slice(0, 50),
  config,
  batchSize: 5,
  sorted: false,
  recurrentDropout: 0,
};
const COSTS: StepCosts = { total: 1, reconstruction: 1, offset: 1, pen: 0, kl: 0, applied: true };

/** An engine that does nothing but remember what it was given. */
function idle(): { engine: Engine; steps: TrainingStep[] } {
  const steps: TrainingStep[] = [];
  const engine = {
    config,
    trainStep: async (step: TrainingStep) => {
      steps.push(step);
      return COSTS;
    },
  } as unknown as Engine;
  return { engine, steps };
}

describe('speed of training', () => {
  test('counts rows of drawings, and the work on them, but not that of the first two steps', async () => {
    const { engine, steps } = idle();
    const { pointsPerSecond, stepsPerSecond, gflopsPerSecond } = await trainingSpeed(engine, workload, {
      seconds: 0.005,
    });
    const counted = steps.slice(2);
    expect(counted.length).toBeGreaterThan(0);
    const points = counted.reduce((sum, { batch }) => sum + batch.lengths.reduce((a, b) => a + b, 0), 0);
    // The decoder reads the start row as well.
    const sketches = 5 * counted.length;
    const flops = trainingFlops(config, { encoderRows: points, decoderRows: points + sketches, sketches });
    const seconds = counted.length / stepsPerSecond;
    expect(pointsPerSecond * seconds).toBeCloseTo(points, 4);
    expect((gflopsPerSecond * seconds) / (flops / 1e9)).toBeCloseTo(1, 9);
    expect(steps[4]).toEqual(stepOf(workload, 4));
  });

  test('is no longer measured after an interruption', async () => {
    const { engine, steps } = idle();
    const controller = new AbortController();
    const counting: Engine = {
      ...engine,
      trainStep: (step) => {
        if (steps.length === 3) controller.abort(new Error('enough'));
        return engine.trainStep(step);
      },
    };
    const { signal } = controller;
    await expect(trainingSpeed(counting, workload, { seconds: 60, signal })).rejects.toThrow('enough');
    expect(steps).toHaveLength(4);
  });
});

test('sketches from endless weights never end by themselves', async () => {
  const engine = (await chooseEngine('wasm')).create({ config, parameters: endlessWeights(config) });
  const seeds = Array.from({ length: 8 }, (_, seed) => seed);
  const drawn = await engine.sample({
    count: seeds.length,
    condition: { z: new Float32Array(seeds.length * config.latentSize) },
    temperature: 1,
    maxLength: MAX_POINTS,
    seeds,
  });
  expect(drawn.map(({ stroke3, ended }) => ({ rows: stroke3.length / 3, ended }))).toEqual(
    seeds.map(() => ({ rows: MAX_POINTS, ended: false })),
  );
  engine.dispose();
});
