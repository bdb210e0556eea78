import type { TrainingConfig } from './config.ts';

/**
 * Learning rate at a step: (lr0 - lrMin) decay^step + lrMin (Magenta `sketch_rnn_train.py`).
 *
 * @param step updates made so far
 */
export function learningRateAt(
  { learningRate, minLearningRate, learningRateDecay }: TrainingConfig,
  step: number,
): number {
  return (learningRate - minLearningRate) * learningRateDecay ** step + minLearningRate;
}

/**
 * Weight of KL at a step, annealed from `klWeightStart` to `klWeight` (Ha & Eck 2017, eq. 12).
 *
 * @param step updates made so far
 */
export function klWeightAt({ klWeight, klWeightStart, klDecay }: TrainingConfig, step: number): number {
  return klWeight - (klWeight - klWeightStart) * klDecay ** step;
}
