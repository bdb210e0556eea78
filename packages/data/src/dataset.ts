import { DataError } from './error.ts';
import { clampOffsets } from './normalise.ts';
import type { Drawing, Split, Stroke3 } from './sketch.ts';
import { hashOf, splitOf } from './split.ts';

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
  /** Drawings left out as another source had them already. */
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

/** A drawing that was found, and where. */
interface Entry {
  readonly stroke3: Stroke3;
  readonly className: string;
  split: Split;
  /** Whether its file says which split it is in. */
  assigned: boolean;
  readonly source: Source;
}

/**
 * Reads drawings into one data set; those of one class from several sources are put together.
 *
 * A drawing that two sources have counts once, in the split that a file assigns it to: what one file trains on must not judge
 * the model because another file has it as well.
 *
 * @param maxLength drawings of more rows are left out and counted
 * @throws DataError where nothing is left to train on
 */
export async function gather(sources: readonly Source[], maxLength: number): Promise<DataSet> {
  const found: Entry[] = [];
  const known = new Map<string, Entry>();
  let tooLong = 0;
  let repeated = 0;
  for (const source of sources) {
    for await (const { stroke3, className = source.fallbackClass, split } of source.drawings) {
      if (stroke3.length / 3 > maxLength) {
        tooLong++;
        continue;
      }
      const hash = hashOf(stroke3);
      const key = `${hash.join(' ')} ${stroke3.length} ${className}`;
      const twin = known.get(key);
      // What one source has twice is its own affair: Magenta's files are trained on as they are.
      if (twin && twin.source !== source) {
        repeated++;
        if (split !== undefined && !twin.assigned) Object.assign(twin, { split, assigned: true });
        continue;
      }
      const entry: Entry = {
        stroke3: clampOffsets(stroke3),
        className,
        split: split ?? splitOf(stroke3, hash),
        assigned: split !== undefined,
        source,
      };
      found.push(entry);
      known.set(key, entry);
    }
  }
  const classes = [...new Set(found.map(({ className }) => className))].toSorted();
  const labels = new Map(classes.map((name, label) => [name, label]));
  const splits: Record<Split, Example[]> = { train: [], valid: [], test: [] };
  for (const { stroke3, className, split } of found) {
    splits[split].push({ stroke3, label: labels.get(className) as number });
  }
  if (splits.train.length === 0) {
    throw new DataError(
      `data: expected drawings to train on, got none${tooLong > 0 ? ` (${tooLong} longer than ${maxLength} points)` : ''} - give more data or raise maxLength`,
    );
  }
  const longest = found.reduce((most, { stroke3 }) => Math.max(most, stroke3.length / 3), 0);
  return { ...splits, classes, tooLong, repeated, longest };
}
