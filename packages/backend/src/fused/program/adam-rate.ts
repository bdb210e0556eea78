const BETA1 = 0.9;
const BETA2 = 0.999;

/** The learning rate of update `step` (from 1) with Adam's bias corrections in it (core `reference/adam.ts`). */
export function adamRate(learningRate: number, step: number): number {
  return (learningRate * Math.sqrt(1 - BETA2 ** step)) / (1 - BETA1 ** step);
}
