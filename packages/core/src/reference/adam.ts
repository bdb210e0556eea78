import { add, clipByValue, div, mul, sqrt, square, sub, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { Weights } from './weights.ts';

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

/**
 * One update of Adam (Kingma & Ba 2015, algorithm 1) with every element of every gradient clipped first, as Magenta does.
 *
 * w -= lr sqrt(1 - b2^t) / (1 - b1^t) m / (sqrt(v) + 1e-8)
 *
 * @returns new tensors; the caller disposes both the old and the new ones
 */
export function adam(
  weights: Weights,
  gradients: Weights,
  state: AdamState,
  { learningRate, gradientClip }: { learningRate: number; gradientClip: number },
): { weights: Weights; state: AdamState } {
  const step = state.step + 1;
  const rate = (learningRate * Math.sqrt(1 - BETA2 ** step)) / (1 - BETA1 ** step);
  const next = {
    weights: {} as Record<string, Tensor>,
    first: {} as Record<string, Tensor>,
    second: {} as Record<string, Tensor>,
  };
  for (const [name, weight] of Object.entries(weights)) {
    const [updated, first, second] = tidy(() => {
      const gradient = clipByValue(gradients[name] as Tensor, -gradientClip, gradientClip);
      const m = add(mul(state.first[name] as Tensor, BETA1), mul(gradient, 1 - BETA1));
      const v = add(mul(state.second[name] as Tensor, BETA2), mul(square(gradient), 1 - BETA2));
      return [sub(weight, mul(div(m, add(sqrt(v), EPSILON)), rate)), m, v] as Tensor[];
    }) as [Tensor, Tensor, Tensor];
    next.weights[name] = updated;
    next.first[name] = first;
    next.second[name] = second;
  }
  return { weights: next.weights, state: { step, first: next.first, second: next.second } };
}
