import type { PackedBatch } from '@sketch-rnn/data';
import {
  add,
  div,
  exp,
  maximum,
  mean,
  mul,
  neg,
  scalar,
  type Scalar,
  square,
  sub,
  sum,
  type Tensor1D,
  type Tensor2D,
  tensor1d,
  tensor2d,
} from '@tensorflow/tfjs-core';
import type { OffsetLoss, TrainingStep } from '../engine.ts';
import type { LatentDistribution } from './encoder.ts';
import { logDensity, logPen, mixtureOf, referenceLogDensity } from './mixture.ts';

/** `Costs` (engine.ts) as scalars. */
export interface CostScalars {
  readonly total: Scalar;
  readonly offset: Scalar;
  readonly pen: Scalar;
  readonly kl: Scalar;
}

/**
 * Log probabilities of every row, `[R]` each, nats; the offset's is 0 where it has no weight.
 *
 * @param raw `[R, 3 + 6 M]`
 */
export function logProbabilities(
  raw: Tensor2D,
  { decoderTargets, offsetWeights }: PackedBatch,
  form: OffsetLoss = 'log',
): { offset: Tensor1D; pen: Tensor1D } {
  const targets = tensor2d(decoderTargets, [decoderTargets.length / 5, 5]);
  const mixture = mixtureOf(raw);
  const density = form === 'log' ? logDensity(mixture, targets) : referenceLogDensity(mixture, targets);
  return { offset: mul(density, tensor1d(offsetWeights)), pen: logPen(mixture, targets) };
}

/**
 * The loss of a batch (Ha & Eck 2017, eq. 9..11): L_R + w_KL max(L_KL, KL_min), rows and sketches summed and divided by
 * batch x lossLength. A sketch without latent has no KL.
 *
 * @param raw `[R, 3 + 6 M]`
 * @param latent absent in unconditional models
 */
export function costsOf(raw: Tensor2D, latent: LatentDistribution | undefined, step: TrainingStep): CostScalars {
  const { batch, lossLength, klWeight, klTolerance } = step;
  const count = batch.lengths.length;
  const logs = logProbabilities(raw, batch, step.offsetLoss);
  const perRow = (values: Tensor1D): Scalar => div(neg(sum(values)), count * lossLength);
  const offset = perRow(logs.offset);
  const pen = perRow(mul(logs.pen, tensor1d(batch.penWeights)));
  const reconstruction: Scalar = add(offset, pen);

  const withLatent = step.hasLatent?.reduce((flags, flag) => flags + flag, 0) ?? count;
  if (!latent || withLatent === 0) return { total: reconstruction, offset, pen, kl: scalar(0) };
  const kl = divergence(latent, step.hasLatent, withLatent);
  const weighted = mul(maximum(kl, klTolerance), (klWeight * withLatent) / count);
  return { total: add(reconstruction, weighted), offset, pen, kl };
}

/** KL of N(mean, variance) from N(0, I), the mean over sketches with a latent and over z (Ha & Eck 2017, eq. 10). */
function divergence(
  { mean: mu, logVariance }: LatentDistribution,
  hasLatent: Uint8Array | undefined,
  withLatent: number,
): Scalar {
  const terms = sub(add(logVariance, 1), add(square(mu), exp(logVariance))); // [B, Z]
  const perSketch: Tensor1D = mul(mean(terms, 1), -0.5);
  const counted = hasLatent ? mul(perSketch, tensor1d(Float32Array.from(hasLatent))) : perSketch;
  return div(sum(counted), withLatent);
}
