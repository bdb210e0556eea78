import { type Costs, ModelError, stepMasks, type StepPart, type TrainingStep } from '@sketch-rnn/core';
import { type Matrix, repeated } from '../matrix.ts';
import { condition, type Conditioned, flagsOf } from './condition.ts';
import type { Context } from './context.ts';
import { decode } from './decoder.ts';
import { type Encoded, encode } from './encoder.ts';

/** The batch that a step belongs to, where several workers share one. */
export interface Whole {
  /** Sketches, and those with a latent vector. */
  readonly sketches: number;
  readonly withLatent: number;
}

/** Sums over the rows and sketches of a step, `[1, 2]` and `[1, 1]`: costs in the making. */
export interface CostSums {
  /** Of log densities and log pen probabilities, weighted. */
  readonly logs: Matrix;
  /** KL: the mean over sketches with a latent vector and over z. */
  readonly kl: Matrix;
}

/** What a step is part of, and who hears of it. */
export interface Share {
  readonly whole: Whole;
  /** Makes a worker's share of KL that of the whole batch, before the way back, which depends on its floor. */
  readonly settleKl?: (kl: Matrix) => Promise<void>;
  /** Hears which part of the step comes now. */
  readonly enter?: ((part: StepPart) => void) | undefined;
}

/** A step that is a batch of its own. */
export function wholeOf({ batch, hasLatent }: Pick<TrainingStep, 'hasLatent' | 'batch'>): Whole {
  const sketches = batch.lengths.length;
  return { sketches, withLatent: hasLatent ? hasLatent.reduce((flags, flag) => flags + flag, 0) : sketches };
}

/**
 * Forward and back through the whole model: gradients are added to those in memory (core `reference/forward.ts`, `loss.ts`).
 */
export async function forwardAndBack(
  context: Context,
  step: TrainingStep,
  { whole, settleKl, enter }: Share,
): Promise<CostSums> {
  const { config, device, upload } = context;
  const { kernels } = device;
  const { batch, lossLength, klWeight, klTolerance } = step;
  const count = batch.lengths.length;
  enter?.('dropout');
  const masks = stepMasks(config, batch, step.dropout);
  enter?.('encoder');
  const kl = device.scratch(1, 1);
  kernels.fill(kl, 0);
  const flags = flagsOf(context, count, step.hasLatent);
  const conditioned = condition(context, count, step);
  const latent = config.conditional ? latentOf() : undefined;

  enter?.('decoder');
  const decoded = decode(context, batch, { condition: conditioned?.matrix, masks: masks.decoder });
  enter?.('loss');
  const { rows } = decoded.raw;
  const weights = upload(interleaved(batch.offsetWeights, batch.penWeights), 2);
  const logs = device.scratch(rows, 2);
  kernels.mixture({
    raw: decoded.raw,
    targets: upload(batch.decoderTargets, 5),
    logs,
    form: step.offsetLoss ?? 'log',
    gradient: { weights, scale: 1 / (whole.sketches * lossLength) },
  });
  const sums = device.scratch(1, 2);
  kernels.fill(sums, 0);
  kernels.sumRows({ from: logs, factor: weights, out: sums });

  enter?.('decoder');
  const gradient = decoded.backward();
  if (gradient) conditioned?.backward(gradient);
  if (latent && gradient) {
    await settleKl?.(kl);
    enter?.('encoder');
    kernels.latentBackward({
      ...latent.drawn,
      zGradient: { ...gradient, columns: config.latentSize },
      kl,
      // Where no sketch has a latent vector, there is no KL.
      weight: whole.withLatent > 0 ? klWeight / whole.sketches : 0,
      tolerance: klTolerance,
    });
    latent.encoded.backward();
  }
  return { logs: sums, kl };

  function latentOf() {
    const encoded: Encoded = encode(context, batch, masks.encoder);
    const { epsilon } = step;
    if (epsilon?.length !== count * config.latentSize) {
      throw new ModelError(
        `epsilon: expected ${count} x ${config.latentSize} normals, got ${epsilon?.length ?? 'none'}`,
      );
    }
    const { mean, logVariance } = encoded;
    const drawn = { mean, logVariance, epsilon: upload(epsilon, config.latentSize), flags };
    const divergence = device.scratch(count, 1);
    kernels.latent({ ...drawn, z: (conditioned as Conditioned).z, divergence });
    if (whole.withLatent > 0) {
      const share = upload(Float32Array.of(1 / whole.withLatent), 1);
      kernels.sumRows({ from: divergence, factor: repeated(share, count), out: kl });
    }
    return { encoded, drawn };
  }
}

/** Costs of a step from its sums. */
export function costsFrom(step: TrainingStep, whole: Whole, sums: { logs: ArrayLike<number>; kl: number }): Costs {
  const rows = whole.sketches * step.lossLength;
  const [offset, pen] = [-(sums.logs[0] as number) / rows, -(sums.logs[1] as number) / rows];
  const reconstruction = offset + pen;
  const pressed = (step.klWeight * whole.withLatent) / whole.sketches;
  const total = pressed === 0 ? reconstruction : reconstruction + pressed * Math.max(sums.kl, step.klTolerance);
  return { total, reconstruction, offset, pen, kl: sums.kl };
}

function interleaved(a: Float32Array, b: Float32Array): Float32Array {
  const both = new Float32Array(2 * a.length);
  for (let i = 0; i < a.length; i++) {
    both[2 * i] = a[i] as number;
    both[2 * i + 1] = b[i] as number;
  }
  return both;
}
