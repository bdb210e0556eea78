import { add, clipByValue, div, mul, sqrt, square, sub, type Tensor, tidy, zerosLike } from '@tensorflow/tfjs-core';
import type { TrainingStep } from '../engine.ts';
import { mapWeights, type Weights, weightOf } from './weights.ts';

/** Adam's moments as tensors, and the updates made. */
export interface AdamState {
  readonly step: number;
  readonly first: Weights;
  readonly second: Weights;
}

const BETA1 = 0.9;
const BETA2 = 0.999;
/** Added to the root of the second moment before bias correction, as TensorFlow 1 does it (Kingma & Ba 2015, end of section 2). */
const EPSILON = 1e-8;

/** Weights in training. */
export interface Trained {
  readonly weights: Weights;
  readonly state: AdamState;
}

/** Adam before its first update. */
export function adamStart(weights: Weights): AdamState {
  return { step: 0, first: mapWeights(weights, zerosLike), second: mapWeights(weights, zerosLike) };
}

/**
 * One update of Adam (Kingma & Ba 2015, algorithm 1) with every element of every gradient clipped first, as Magenta does.
 *
 * w -= lr sqrt(1 - b2^t) / (1 - b1^t) m / (sqrt(v) + 1e-8)
 *
 * @returns new tensors; the caller disposes both the old and the new ones
 */
export function adam(
  { weights, state }: Trained,
  gradients: Weights,
  { learningRate, gradientClip }: Pick<TrainingStep, 'learningRate' | 'gradientClip'>,
): Trained {
  const step = state.step + 1;
  const rate = (learningRate * Math.sqrt(1 - BETA2 ** step)) / (1 - BETA1 ** step);
  const clipped = (name: string): Tensor => clipByValue(weightOf(gradients, name), -gradientClip, gradientClip);
  const first = mapWeights(state.first, (m, name) => tidy(() => add(mul(m, BETA1), mul(clipped(name), 1 - BETA1))));
  const second = mapWeights(state.second, (v, name) =>
    tidy(() => add(mul(v, BETA2), mul(square(clipped(name)), 1 - BETA2))),
  );
  const updated = mapWeights(weights, (weight, name) =>
    tidy(() => {
      const direction = div(weightOf(first, name), add(sqrt(weightOf(second, name)), EPSILON));
      return sub(weight, mul(direction, rate));
    }),
  );
  return { weights: updated, state: { step, first, second } };
}
