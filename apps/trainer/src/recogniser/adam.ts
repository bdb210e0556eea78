import { adam, adamStart, disposeAll, type Trained } from '@sketch-rnn/core/reference';
import type { Weights } from './network.ts';

/** A learner before its first step; it owns the weights from now on. */
export function learnerOf(weights: Weights): Trained {
  return { weights, state: adamStart(weights) };
}

/**
 * One step of Adam (Kingma & Ba 2015, algorithm 1).
 *
 * @returns the learner after it; the one before is disposed, and the gradients stay the caller's
 */
export function adamStep(learner: Trained, gradients: Weights, rate: number): Trained {
  const next = adam(learner, gradients, { learningRate: rate, gradientClip: Infinity });
  disposeLearner(learner);
  return next;
}

export function disposeLearner({ weights, state }: Trained): void {
  disposeAll(weights, state.first, state.second);
}
