import type { Parameters } from '@sketch-rnn/core';

/** Steps between two looks at the weights: neighbours hardly differ, and reading them takes time. */
const LOOK_EVERY = 10;

/** The running average of a training's weights. */
export interface WeightAverage {
  /** Looks so far. */
  readonly looks: number;
  readonly parameters: Parameters;
}

/** Whether the weights of a step are looked at. */
export function isLookedAt(step: number): boolean {
  return step % LOOK_EVERY === 0;
}

/**
 * The average with one look more: of all looks until they span `averagedSteps`, from then on exponentially weighted, so that old
 * ones fade (Polyak & Juditsky 1992; Kingma & Ba 2015, section 7.2).
 */
export function averaged(
  before: WeightAverage | undefined,
  parameters: Parameters,
  averagedSteps: number,
): WeightAverage {
  if (!before) return { looks: 1, parameters };
  const looks = before.looks + 1;
  const share = Math.max(1 / looks, Math.min(1, LOOK_EVERY / averagedSteps));
  return {
    looks,
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([name, values]) => {
        const average = before.parameters[name] as Float32Array;
        return [name, values.map((value, i) => (average[i] as number) + share * (value - (average[i] as number)))];
      }),
    ),
  };
}
