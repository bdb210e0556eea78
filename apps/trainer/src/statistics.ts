import { scaleFactorOf, type Split, splitOf } from '@sketch-rnn/data';
import type { Sourced } from './sources.ts';

/** What one wants to know of drawings before training on them. */
export interface Statistics {
  readonly drawings: number;
  /** Drawings of each class, in alphabetical order. */
  readonly classes: Readonly<Record<string, number>>;
  readonly splits: Readonly<Record<Split, number>>;
  /** Rows a drawing: percentiles by nearest rank. */
  readonly rows: Readonly<Record<'least' | 'median' | 'p90' | 'p95' | 'p99' | 'most', number>> & {
    readonly mean: number;
  };
  /** Strokes a drawing, on average. */
  readonly strokes: number;
  /** Standard deviation of the training split's offsets; of all where there is no such split. */
  readonly scaleFactor: number;
}

/** @param drawings at least one */
export function statisticsOf(drawings: readonly Sourced[]): Statistics {
  const classes = new Map<string, number>();
  const splits: Record<Split, number> = { train: 0, valid: 0, test: 0 };
  const training: Float32Array[] = [];
  let strokes = 0;
  for (const { stroke3, className, split = splitOf(stroke3) } of drawings) {
    classes.set(className, (classes.get(className) ?? 0) + 1);
    splits[split]++;
    if (split === 'train') training.push(stroke3);
    strokes += liftsOf(stroke3);
  }
  const lengths = drawings.map(({ stroke3 }) => stroke3.length / 3).toSorted((a, b) => a - b);
  const rank = (share: number): number => lengths[Math.max(0, Math.ceil(share * lengths.length) - 1)] as number;
  return {
    drawings: drawings.length,
    classes: Object.fromEntries([...classes].toSorted(([a], [b]) => (a < b ? -1 : 1))),
    splits,
    rows: {
      least: rank(0),
      median: rank(0.5),
      p90: rank(0.9),
      p95: rank(0.95),
      p99: rank(0.99),
      most: rank(1),
      mean: lengths.reduce((sum, length) => sum + length, 0) / lengths.length,
    },
    strokes: strokes / drawings.length,
    scaleFactor: scaleFactorOf(training.length > 0 ? training : drawings.map(({ stroke3 }) => stroke3)),
  };
}

/** Strokes end where the pen lifts, and where the drawing ends. */
function liftsOf(stroke3: Float32Array): number {
  let lifts = stroke3.at(-1) === 1 ? 0 : 1;
  for (let i = 2; i < stroke3.length; i += 3) lifts += stroke3[i] as number;
  return lifts;
}
