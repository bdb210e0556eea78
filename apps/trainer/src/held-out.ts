import { keyOf, permutation, type Split, splitOf } from '@sketch-rnn/data';
import { logSkipped, readSources, type Sourced, type Surroundings } from './sources.ts';

/** The splits, those first that a model has not learned from. */
const ORDER: readonly Split[] = ['test', 'valid', 'train'];

export interface HeldOut extends Sourced {
  readonly split: Split;
}

/**
 * Drawings to show a model: of the test split while there are some, then of validation, then of training.
 *
 * @param names of data sets
 * @param choice `n` at most, of at most `maxLength` rows, by chance from `seed`
 */
export async function heldOut(
  names: readonly string[],
  { n, maxLength, seed }: { readonly n: number; readonly maxLength: number; readonly seed: number },
  surroundings: Surroundings,
): Promise<HeldOut[]> {
  const bySplit: Record<Split, HeldOut[]> = { train: [], valid: [], test: [] };
  const reading = readSources(names, surroundings);
  for await (const drawing of reading.drawings) {
    if (drawing.stroke3.length / 3 > maxLength) continue;
    const split = drawing.split ?? splitOf(drawing.stroke3);
    bySplit[split].push({ ...drawing, split });
  }
  logSkipped(reading, surroundings.log);
  const ordered = ORDER.flatMap((split) => {
    const all = bySplit[split];
    return Array.from(permutation(keyOf(seed), all.length), (place) => all[place] as HeldOut);
  });
  return ordered.slice(0, n);
}
