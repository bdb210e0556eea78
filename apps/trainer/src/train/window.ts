import type { Costs, StepCosts } from '@sketch-rnn/core';

/** Steps since the last record, summed. */
export interface Window {
  add(costs: StepCosts, points: number, seconds: number): void;
  /** Means over what was added, and starts anew. */
  take(): { readonly costs?: Costs; readonly pointsPerSecond: number; readonly skipped: number };
}

const NAMES = ['total', 'reconstruction', 'offset', 'pen', 'kl'] as const;

export function openWindow(): Window {
  let [applied, skipped, points, seconds] = [0, 0, 0, 0];
  let sums = NAMES.map(() => 0);
  return {
    add(costs, stepPoints, stepSeconds) {
      points += stepPoints;
      seconds += stepSeconds;
      if (!costs.applied) {
        skipped++;
        return;
      }
      applied++;
      sums = sums.map((sum, i) => sum + costs[NAMES[i] as keyof Costs]);
    },
    take() {
      const means = Object.fromEntries(
        NAMES.map((name, i) => [name, (sums[i] as number) / applied]),
      ) as unknown as Costs;
      const taken = {
        ...(applied > 0 && { costs: means }),
        pointsPerSecond: seconds > 0 ? points / seconds : 0,
        skipped,
      };
      [applied, skipped, points, seconds] = [0, 0, 0, 0];
      sums = NAMES.map(() => 0);
      return taken;
    },
  };
}
