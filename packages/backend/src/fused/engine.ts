import { type Engine, type EngineStart, ModelError } from '@sketch-rnn/core';
import type { Device } from './device.ts';
import { type Halved, keepHalved } from './halved.ts';
import { condition, givenLatent } from './program/condition.ts';
import { type Context, contextOf } from './program/context.ts';
import { decode } from './program/decoder.ts';
import { encode } from './program/encoder.ts';
import { sample } from './program/sample.ts';
import { wholeOf } from './program/step.ts';
import { flatten, unflatten } from './program/weights.ts';
import { differentiate, openModel, report, type Trained, update } from './training.ts';

/**
 * An engine of fused kernels: the program (`program/*.ts`) on a device, which it owns from now on.
 *
 * Until it trains, matrices of half precision (models are shipped so) are kept as such where the device has memory for them.
 */
export function createFusedEngine(device: Device, start: EngineStart): Engine {
  const { config, parameters, optimiser } = start;
  const halved = optimiser ? undefined : keepHalved(device, start);
  if (halved) return engineOf(halved, 0);
  const trained = openModel(device, config);
  const { layout, weights, first, second } = trained.memory;
  device.write(weights, flatten(layout, parameters));
  if (optimiser) {
    device.write(first, flatten(layout, optimiser.first));
    device.write(second, flatten(layout, optimiser.second));
  }
  return engineOf(trained, optimiser?.step ?? 0);
}

/** The engine of a model in memory that has had some updates. */
export function engineOf(opened: Trained | Halved, updatesBefore: number): Engine {
  const { device } = opened;
  const { config, layout } = opened.memory;
  let model = opened;
  let updates = updatesBefore;
  const inTurn = turns();

  return {
    name: device.name,
    config,

    trainStep: (step) =>
      withScratch(async () => {
        const whole = wholeOf(step);
        const trained = toTrain();
        await differentiate(trained, step, { whole });
        update(trained, step, { count: updates + 1 });
        const { costs, finite } = report(step, whole, await device.read(trained.outcome.matrix));
        if (finite) updates++;
        return { ...costs, applied: finite };
      }),

    gradients: (step) =>
      withScratch(async () => {
        const whole = wholeOf(step);
        const trained = toTrain();
        await differentiate(trained, step, { whole });
        const { costs } = report(step, whole, await device.read(trained.outcome.matrix));
        return { costs, gradients: unflatten(layout, await device.read(trained.memory.gradients)) };
      }),

    score: ({ batch, condition: given, offsetLoss = 'log' }) =>
      withScratch(async (context) => {
        const conditioned = condition(context, batch.lengths.length, given);
        const z = givenLatent(context, given);
        if (conditioned && z) device.kernels.copyRows({ from: z, out: conditioned.z, add: false });
        const { raw } = decode(context, batch, { condition: conditioned?.matrix });
        const logs = device.scratch(raw.rows, 2);
        const targets = context.upload(batch.decoderTargets, 5);
        device.kernels.mixture({ raw, targets, logs, form: offsetLoss });
        const values = await device.read(logs);
        return {
          offset: batch.offsetWeights.map((weight, row) => weight * (values[2 * row] as number)),
          pen: batch.offsetWeights.map((_, row) => values[2 * row + 1] as number),
        };
      }),

    encode: (batch) =>
      withScratch(async (context) => {
        if (!config.conditional) {
          throw new ModelError('encode: expected a conditional model, got a decoder alone - it has no latent vector');
        }
        const { mean, logVariance } = encode(context, batch);
        return { mean: await device.read(mean), logVariance: await device.read(logVariance) };
      }),

    sample: (request) => withScratch((context) => sample(context, request)),

    parameters: () =>
      withScratch(async () => {
        const weights = 'widened' in model ? model.widened() : model.memory.weights;
        return unflatten(layout, await device.read(weights));
      }),

    load: (next) => withScratch(async () => device.write(toTrain().memory.weights, flatten(layout, next))),

    optimiser: () =>
      withScratch(async () => {
        const { first, second } = toTrain().memory;
        return {
          step: updates,
          first: unflatten(layout, await device.read(first)),
          second: unflatten(layout, await device.read(second)),
        };
      }),

    dispose: () => device.dispose(),
  };

  function withScratch<T>(work: (context: Context) => Promise<T>): Promise<T> {
    return inTurn(() => work(contextOf(device, model.memory)).finally(() => device.release()));
  }

  /** In full precision from the first call on. */
  function toTrain(): Trained {
    if ('toTrained' in model) model = model.toTrained();
    return model;
  }
}

/** Calls wait for each other: one at a time has the device's scratch. */
function turns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
}
