import { clampOffsets, keyOf, permutation, type Split, splitOf, withoutRepeated } from '@sketch-rnn/data';
import { logSkipped, readSources, repeatedLine, type Sourced, type Surroundings } from './sources.ts';

/** The splits, those first that a model has not learned from. */
const ORDER: readonly Split[] = ['test', 'valid', 'train'];

export interface HeldOut extends Sourced {
  readonly split: Split;
}

/**
 * Drawings to show a model: of the test split while there are some, then of validation, then of training. They are split as a
 * training on these data sets splits them (`gather`), so that what it learned from is not shown as if it had not.
 *
 * @param names of data sets
 * @param choice `n` at most, of at most `maxLength` rows, by chance from `seed`
 */
export async function heldOut(
  names: readonly string[],
  { n, maxLength, seed }: { readonly n: number; readonly maxLength: number; readonly seed: number },
  surroundings: Surroundings,
): Promise<HeldOut[]> {
  const reading = readSources([...new Set(names)], surroundings);
  const found: (Sourced & { readonly source: number })[] = [];
  for await (const drawing of reading.drawings) {
    if (drawing.stroke3.length / 3 <= maxLength) found.push({ ...drawing, source: reading.sources.length });
  }
  const kept = withoutRepeated(found);
  logSkipped(reading, surroundings.log);
  const twice = repeatedLine(found.length - kept.length);
  if (twice !== undefined) surroundings.log.line(twice);

  const bySplit: Record<Split, HeldOut[]> = { train: [], valid: [], test: [] };
  for (const { stroke3, className, split = splitOf(stroke3) } of kept) {
    bySplit[split].push({ stroke3: clampOffsets(stroke3), className, split });
  }
  const ordered = ORDER.flatMap((split) => {
    const all = bySplit[split];
    return Array.from(permutation(keyOf(seed), all.length), (place) => all[place] as HeldOut);
  });
  return ordered.slice(0, n);
}
