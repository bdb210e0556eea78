import { stream, type Key } from '../random.ts';

/** Decisions of one artist, drawn one after the other under one key. */
export interface Chance {
  /** A number in [low, high). */
  readonly between: (low: number, high: number) => number;
  /** About normal with this standard deviation, never beyond three of them: a hand has no outliers. */
  readonly spread: (deviation: number) => number;
  readonly maybe: (probability: number) => boolean;
  /** One of the names, in proportion to its weight. */
  readonly pick: <Name extends string>(weights: Readonly<Record<Name, number>>) => Name;
}

/** A source of decisions; the same key decides the same. */
export function chance(key: Key): Chance {
  const next = stream(key);
  return {
    between: (low, high) => low + (high - low) * next(),
    // Three uniforms on [-1, 1) sum to variance one (Irwin & Hall).
    spread: (deviation) => deviation * (2 * (next() + next() + next()) - 3),
    maybe: (probability) => next() < probability,
    pick(weights) {
      const entries = Object.entries<number>(weights) as [keyof typeof weights, number][];
      let left = next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      const chosen = entries.find(([, weight]) => (left -= weight) < 0) ?? entries.at(-1);
      return (chosen as (typeof entries)[number])[0];
    },
  };
}
