import { keyOf, stream } from '@sketch-rnn/data';

/** A figure with how far chance, in which drawings there were, may have moved it. */
export interface Estimate {
  readonly value: number;
  /** 95 % of what the figure comes to when drawings are drawn anew; absent where there is one drawing alone. */
  readonly interval?: readonly [low: number, high: number];
  readonly drawings: number;
}

const RESAMPLES = 2000;
const SEED = 1;
/** Of the resamples, on either side of the interval. */
const TAIL = 0.025;

/**
 * Sum of `nats` / sum of `weights`, with its percentile interval by the bootstrap over drawings (Efron & Tibshirani 1993,
 * section 13.3).
 *
 * A drawing is drawn with all its numbers: of differences between two models on the same drawings it is the paired bootstrap.
 *
 * @param nats one a drawing, at least one
 * @param weights what each drawing counts, its points for a figure a point; 1 each by default
 */
export function estimate(nats: readonly number[], weights: readonly number[] = nats.map(() => 1)): Estimate {
  const drawings = nats.length;
  const value = sum(nats) / sum(weights);
  if (drawings < 2) return { value, drawings };
  const next = stream(keyOf(SEED));
  const resampled = Float64Array.from({ length: RESAMPLES }, () => {
    let above = 0;
    let below = 0;
    for (let i = 0; i < drawings; i++) {
      const place = Math.floor(next() * drawings);
      above += nats[place] as number;
      below += weights[place] as number;
    }
    return above / below;
  }).toSorted();
  const at = (share: number): number => resampled[Math.round(share * (RESAMPLES - 1))] as number;
  return { value, interval: [at(TAIL), at(1 - TAIL)], drawings };
}

export function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

/** Of at least one value. */
export function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

/** The middle value, the lower of two; of at least one. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] as number;
}
