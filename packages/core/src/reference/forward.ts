import { add, exp, mul, type Tensor2D, tensor2d } from '@tensorflow/tfjs-core';
import type { TrainingStep } from '../engine.ts';
import { ModelError } from '../error.ts';
import { conditionOf } from './condition.ts';
import { decode } from './decoder.ts';
import { maskTensors } from './dropout.ts';
import { encode, type LatentDistribution } from './encoder.ts';
import { type CostScalars, costsOf } from './loss.ts';
import type { Model } from './model.ts';

/** The whole model on one batch, as it is trained: sketches to costs. */
export function forward(model: Model, step: TrainingStep): CostScalars {
  const masks = maskTensors(model.config, step);
  const latent = model.config.conditional ? encode(model, step.batch, masks.encoder) : undefined;
  const z = latent && drawLatent(latent, step.epsilon);
  const raw = decode(model, step.batch, { condition: conditionOf(model, z, step), masks: masks.decoder });
  return costsOf(raw, latent, step);
}

/** z = mean + exp(logVariance / 2) epsilon (Ha & Eck 2017, eq. 3), `[B, Z]`. */
function drawLatent({ mean, logVariance }: LatentDistribution, epsilon: Float32Array | undefined): Tensor2D {
  const [count, size] = mean.shape;
  if (epsilon?.length !== count * size) {
    throw new ModelError(`epsilon: expected ${count} x ${size} normals, got ${epsilon?.length ?? 'none'}`);
  }
  return add(mean, mul(exp(mul(logVariance, 0.5)), tensor2d(epsilon, [count, size])));
}
