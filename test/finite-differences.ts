import type { TrainingStep } from '../packages/core/src/engine.ts';
import { plainCosts, plainModel, type PlainStart } from '../packages/core/src/plain/index.ts';

/** A second derivation of any gradient: central differences of the plain model's total cost in float64. */
export interface Slopes {
  /** d cost / d element `index` of a parameter. */
  at(parameter: string, index: number): number;
  /** d cost / d t where the parameter moves by t x `direction`: its gradient's dot product with `direction`. */
  along(parameter: string, direction: ArrayLike<number>): number;
}

/** The square of it and the rounding of a cost about 1, divided by it, are both 1e-10 or less. */
const STEP = 1e-5;

export function finiteDifferences({ config, parameters }: PlainStart, step: TrainingStep): Slopes {
  const nudged = Object.fromEntries(Object.entries(parameters).map(([name, of]) => [name, Float64Array.from(of)]));
  // The model uses these very arrays: a nudge to one is a nudge to it.
  const model = plainModel({ config, parameters: nudged });
  const along = (parameter: string, direction: ArrayLike<number>): number => {
    const values = nudged[parameter] as Float64Array;
    const there = values.slice();
    const costAt = (t: number): number => {
      for (const [i, value] of there.entries()) values[i] = value + t * (direction[i] as number);
      return plainCosts(model, step).total;
    };
    const slope = (costAt(STEP) - costAt(-STEP)) / (2 * STEP);
    values.set(there);
    return slope;
  };
  return {
    along,
    at(parameter, index) {
      const direction = new Float64Array((nudged[parameter] as Float64Array).length);
      direction[index] = 1;
      return along(parameter, direction);
    },
  };
}

/** A direction of length 1 in which every one of `size` elements has the same share, signs mixed. */
export function mixedDirection(size: number): Float64Array {
  // Signs of a Weyl sequence: no period that could match a row or a gate.
  return Float64Array.from({ length: size }, (_, i) => Math.sign(((i * Math.SQRT2) % 1) - 0.5) / Math.sqrt(size));
}
