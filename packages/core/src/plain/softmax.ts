import type { Floats } from './precision.ts';

/** log(sum(exp(values))), without overflow. */
export function logSumExp(values: Floats): number {
  let largest = -Infinity;
  for (const value of values) largest = Math.max(largest, value);
  let sum = 0;
  for (const value of values) sum += Math.exp(value - largest);
  return largest + Math.log(sum);
}

/** Logarithms of the softmax of `logits`. */
export function logSoftmax(logits: Floats): Floats {
  const total = logSumExp(logits);
  return logits.map((logit) => logit - total);
}
