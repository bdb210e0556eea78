import { DataError } from './error.ts';
import { clampOffsets } from './normalise.ts';
import { type Gathered, withoutRepeated } from './repeated.ts';
import type { Drawing, Split, Stroke3 } from './sketch.ts';
import { splitOf } from './split.ts';

/** A drawing of a data set. */
export interface Example {
  /** `[n, 3]`, data units. */
  readonly stroke3: Stroke3;
  /** Place of its class in `DataSet.classes`. */
  readonly label: number;
}

/** Drawings to train and judge a model with. */
export interface DataSet extends Readonly<Record<Split, readonly Example[]>> {
  /** In alphabetical order. */
  readonly classes: readonly string[];
  /** Drawings left out as longer than the length filter. */
  readonly tooLong: number;
  /** Drawings left out as another source has them as well. */
  readonly repeated: number;
  /** Rows of the longest drawing kept: N_max. */
  readonly longest: number;
}

/** One of the data sets that are put together. */
export interface Source {
  /** The class of drawings that name none. */
  readonly fallbackClass: string;
  readonly drawings: AsyncIterable<Drawing>;
}

/**
 * Reads drawings into one data set; those of one class from several sources are put together, and a drawing that
 * several have counts once (`withoutRepeated`).
 *
 * @param maxLength drawings of more rows are left out and counted
 * @throws DataError where nothing is left to train on
 */
export async function gather(sources: readonly Source[], maxLength: number): Promise<DataSet> {
  const found: Gathered[] = [];
  let tooLong = 0;
  for (const [source, { fallbackClass, drawings }] of sources.entries()) {
    for await (const { stroke3, className = fallbackClass, split } of drawings) {
      if (stroke3.length / 3 > maxLength) tooLong++;
      else found.push({ stroke3, className, split, source });
    }
  }
  const kept = withoutRepeated(found);
  const classes = [...new Set(kept.map(({ className }) => className))].toSorted();
  const labels = new Map(classes.map((name, label) => [name, label]));
  const splits: Record<Split, Example[]> = { train: [], valid: [], test: [] };
  for (const { stroke3, className, split = splitOf(stroke3) } of kept) {
    splits[split].push({ stroke3: clampOffsets(stroke3), label: labels.get(className) as number });
  }
  if (splits.train.length === 0) {
    throw new DataError(
      `data: expected drawings to train on, got none${tooLong > 0 ? ` (${tooLong} longer than ${maxLength} points)` : ''} - give more data or raise maxLength`,
    );
  }
  const longest = kept.reduce((most, { stroke3 }) => Math.max(most, stroke3.length / 3), 0);
  return { ...splits, classes, tooLong, repeated: found.length - kept.length, longest };
}
