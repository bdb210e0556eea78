import type { Stroke3 } from '@sketch-rnn/data';

/** Steps shorter than this, in data units (pixels of 256 for Quick, Draw!), draw nothing one can see. */
const TINY = 2;

/** Steps with the pen down: how many there are, and how many of them are tiny. */
export interface StepCount {
  readonly steps: number;
  readonly tiny: number;
}

/**
 * Counts the tiny steps of drawings: low temperatures can fall into chains of them.
 *
 * @param drawings stroke-3 in data units
 */
export function countSteps(drawings: Iterable<Stroke3>): StepCount {
  let steps = 0;
  let tiny = 0;
  for (const stroke3 of drawings) {
    for (let i = 0; i < stroke3.length; i += 3) {
      // After a lift the pen moves through the air.
      if (i > 0 && stroke3[i - 1] === 1) continue;
      steps++;
      if (Math.hypot(stroke3[i] as number, stroke3[i + 1] as number) < TINY) tiny++;
    }
  }
  return { steps, tiny };
}

/** Share of steps that are tiny; 0 where there is no step. */
export function tinyShare(drawings: Iterable<Stroke3>): number {
  const { steps, tiny } = countSteps(drawings);
  return steps === 0 ? 0 : tiny / steps;
}
