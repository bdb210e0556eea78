import type { Floats } from './precision.ts';
import { logSoftmax } from './softmax.ts';

/**
 * Log probability of a row's pen state, nats (Ha & Eck 2017, eq. 9).
 *
 * @param raw `[3 + 6M]`, logits of down, up, end first
 * @param row `[5]`, its last three numbers the pen state
 */
export function penLogProbability(raw: Floats, row: Floats): number {
  const logs = logSoftmax(raw.subarray(0, 3));
  let sum = 0;
  for (let p = 0; p < 3; p++) sum += (row[2 + p] as number) * (logs[p] as number);
  return sum;
}
