import { type Engine, type EngineStart, ModelError, type TrainingStep } from '@sketch-rnn/core';
import type { Device } from './device.ts';
import { adamRate } from './program/adam-rate.ts';
import { condition, givenLatent } from './program/condition.ts';
import { type Context, contextOf } from './program/context.ts';
import { decode } from './program/decoder.ts';
import { encode } from './program/encoder.ts';
import { sample } from './program/sample.ts';
import { costsFrom, forwardAndBack, type Whole, withLatent } from './program/step.ts';
import { keepModel, readParameters } from './program/weights.ts';

/** An engine of fused kernels: the program (`program/*.ts`) on a device, which it owns from now on. */
export function createFusedEngine(device: Device, start: EngineStart): Engine {
  const { config } = start;
  const { kernels } = device;
  const memory = keepModel(device, start);
  /** [log density, log pen, KL, everything finite] of the last step. */
  const outcome = device.keep(1, 4);
  let steps = start.optimiser?.step ?? 0;
  let busy: Promise<void> = Promise.resolve();

  return {
    name: device.name,
    config,

    trainStep: (step) =>
      withScratch(async (context) => {
        const found = await gradientsOf(context, step);
        kernels.adam({
          weights: memory.weights.flat,
          gradients: memory.gradients.flat,
          first: memory.first.flat,
          second: memory.second.flat,
          apply: { ...outcome, address: outcome.address + 3, columns: 1 },
          rate: adamRate(step.learningRate, steps + 1),
          clip: step.gradientClip,
        });
        const { costs, finite } = await found();
        if (finite) steps++;
        return { ...costs, applied: finite };
      }),

    gradients: (step) =>
      withScratch(async (context) => {
        const { costs } = await (await gradientsOf(context, step))();
        return { costs, gradients: await readParameters(device, memory.gradients) };
      }),

    score: ({ batch, condition: given, offsetLoss = 'log' }) =>
      withScratch(async (context) => {
        const conditioned = condition(context, batch.lengths.length, given);
        const z = givenLatent(context, given);
        if (conditioned && z) kernels.copyRows({ from: z, out: conditioned.z, add: false });
        const { raw } = decode(context, batch, { condition: conditioned?.matrix });
        const logs = device.scratch(raw.rows, 2);
        kernels.mixture({ raw, targets: context.upload(batch.decoderTargets, 5), logs, form: offsetLoss });
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

    parameters: () => readParameters(device, memory.weights),

    optimiser: async () => ({
      step: steps,
      first: await readParameters(device, memory.first),
      second: await readParameters(device, memory.second),
    }),

    dispose: () => device.dispose(),
  };

  /** Runs the program forward and back; what it gives is read by the function returned. */
  async function gradientsOf(context: Context, step: TrainingStep) {
    const whole: Whole = { sketches: step.batch.lengths.length, withLatent: withLatent(step) };
    kernels.fill(memory.gradients.flat, 0);
    const { logs, kl } = await forwardAndBack(context, step, { whole });
    kernels.copyRows({ from: logs, out: { ...outcome, columns: 2 }, add: false });
    kernels.copyRows({ from: kl, out: { ...outcome, address: outcome.address + 2, columns: 1 }, add: false });
    const costs = { ...outcome, columns: 3 };
    kernels.finite([memory.gradients.flat, costs], { ...outcome, address: outcome.address + 3, columns: 1 });
    return async () => {
      const [density, pen, divergence, finite] = (await device.read(outcome)) as unknown as [
        number,
        number,
        number,
        number,
      ];
      return { costs: costsFrom(step, whole, { logs: [density, pen], kl: divergence }), finite: finite === 1 };
    };
  }

  /** One call at a time has the scratch: the next begins when the one before has ended. */
  function withScratch<T>(work: (context: Context) => Promise<T>): Promise<T> {
    const result = busy.then(() => work(contextOf(device, memory))).finally(() => device.release());
    busy = result.then(nothing, nothing);
    return result;
  }
}

function nothing(): void {}
