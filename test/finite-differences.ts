import type { TrainingStep } from '../packages/core/src/engine.ts';
import type { Parameters } from '../packages/core/src/parameters.ts';
import { plainCosts, plainModel, type PlainStart } from '../packages/core/src/plain/index.ts';

/**
 * A second derivation of any gradient: central differences of the plain model's total cost in float64.
 *
 * At weights about 1 the error is some 1e-9, of which the step's square and rounding have half each.
 */
export interface Slopes {
  /** d cost / d element `index` of parameter `name`. */
  at(name: string, index: number): number;
}

const STEP = 1e-5;

export function finiteDifferences(
  { config, parameters }: { config: PlainStart['config']; parameters: Parameters },
  step: TrainingStep,
): Slopes {
  // The model uses these very arrays, so a nudge to one is a nudge to it.
  const nudged = Object.fromEntries(Object.entries(parameters).map(([name, of]) => [name, Float64Array.from(of)]));
  const model = plainModel({ config, parameters: nudged });
  return {
    at(name, index) {
      const of = nudged[name] as Float64Array;
      const there = of[index] as number;
      of[index] = there + STEP;
      const above = plainCosts(model, step).total;
      of[index] = there - STEP;
      const below = plainCosts(model, step).total;
      of[index] = there;
      return (above - below) / (2 * STEP);
    },
  };
}

/** `count` elements of an array of `length`, spread evenly over it, or all of them. */
export function spread(length: number, count: number): number[] {
  if (length <= count) return Array.from({ length }, (_, i) => i);
  return Array.from({ length: count }, (_, i) => Math.floor(((i + 0.5) * length) / count));
}
