import { add, div, mul, sqrt, square, sub, type Tensor, tidy, zerosLike } from '@tensorflow/tfjs-core';
import type { Weights } from './network.ts';

/** Weights on their way, with the moments of their gradients. */
export interface Learner {
  readonly weights: Weights;
  readonly first: Weights;
  readonly second: Weights;
}

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

/** A learner before its first step; it owns the weights from now on. */
export function learnerOf(weights: Weights): Learner {
  const zeros = (): Weights => mapTensors(weights, (value) => zerosLike(value));
  return { weights, first: zeros(), second: zeros() };
}

/**
 * One step of Adam (Kingma & Ba 2015, algorithm 1).
 *
 * @param step counted from 1
 * @returns the learner after it; the one before is disposed, and the gradients stay the caller's
 */
export function adamStep(
  learner: Learner,
  gradients: Weights,
  { step, rate }: { readonly step: number; readonly rate: number },
): Learner {
  const scale = rate * (Math.sqrt(1 - BETA2 ** step) / (1 - BETA1 ** step));
  const next = tidy(() => {
    const gradientOf = (name: string): Tensor => gradients[name] as Tensor;
    const first = mapTensors(learner.first, (old, name) => add(mul(old, BETA1), mul(gradientOf(name), 1 - BETA1)));
    const second = mapTensors(learner.second, (old, name) =>
      add(mul(old, BETA2), mul(square(gradientOf(name)), 1 - BETA2)),
    );
    const weights = mapTensors(learner.weights, (old, name) =>
      sub(old, mul(div(first[name] as Tensor, add(sqrt(second[name] as Tensor), EPSILON)), scale)),
    );
    return { weights, first, second };
  });
  disposeLearner(learner);
  return next;
}

export function disposeLearner({ weights, first, second }: Learner): void {
  for (const tensors of [weights, first, second]) for (const tensor of Object.values(tensors)) tensor.dispose();
}

function mapTensors(tensors: Weights, make: (tensor: Tensor, name: string) => Tensor): Record<string, Tensor> {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]): [string, Tensor] => [name, make(tensor, name)]),
  );
}
