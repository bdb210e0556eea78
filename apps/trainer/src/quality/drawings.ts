/** What a model is judged by: drawings of classes it knows, and those it may have learned from. */
import type { Model } from '@sketch-rnn/core';
import {
  DataError,
  type DataSet,
  type Example,
  fold,
  jitter,
  keyOf,
  permutation,
  type Split,
  type Stroke3,
} from '@sketch-rnn/data';
import { groupBy } from '../group.ts';

/** A drawing to judge a model by. */
export interface JudgedDrawing {
  /** As it is, data units. */
  readonly stroke3: Stroke3;
  /** Its offsets made a density: likelihoods are those of this one. */
  readonly blurred: Stroke3;
  /** Place of its class in the model's. */
  readonly label: number;
}

export interface QualityDrawings {
  readonly judged: readonly JudgedDrawing[];
  /** To find a scale factor with; never those that are judged, unless these are the validation split themselves. */
  readonly validation: readonly JudgedDrawing[];
  /** Drawings of the training split, by label. */
  readonly training: ReadonlyMap<number, readonly Stroke3[]>;
  /** Drawings whose class the model does not know. */
  readonly unknown: number;
}

export interface Choice {
  readonly split: Split | 'all';
  /** Most drawings of a class that are judged, taken by chance. */
  readonly limit: number;
  readonly seed: number;
}

/**
 * Chooses drawings. A model of one class takes all where there is one class of them, whatever its name: it is told none.
 *
 * @throws DataError where none are left to judge by
 */
export function chooseDrawings(
  data: DataSet,
  { classes }: Pick<Model, 'classes'>,
  { split, limit, seed }: Choice,
): QualityDrawings {
  const isNamed = classes.length > 1 || data.classes.length > 1;
  const labels = data.classes.map((name) => (isNamed ? classes.indexOf(name) : 0));
  const known = (examples: readonly Example[]): Example[] =>
    examples
      .map((example) => ({ ...example, label: labels[example.label] as number }))
      .filter(({ label }) => label >= 0);
  const all = split === 'all' ? [...data.train, ...data.valid, ...data.test] : data[split];
  const candidates = known(all);
  if (candidates.length === 0) {
    const found = all.length === 0 ? 'none' : `${all.length} of other classes (${data.classes.slice(0, 5).join(', ')})`;
    throw new DataError(
      `--data: expected drawings in ${split} of a class that the model knows, got ${found} - use --split all, or more data`,
    );
  }
  const judge = (examples: readonly Example[]): JudgedDrawing[] =>
    limited(examples, limit, seed).map(({ stroke3, label }, place) => ({
      stroke3,
      blurred: jitter(stroke3, 0.5, fold(keyOf(seed), place)),
      label,
    }));
  return {
    judged: judge(candidates),
    validation: judge(known(data.valid)),
    training: new Map(
      [...groupBy(known(data.train), ({ label }) => label)].map(([label, members]) => [
        label,
        members.map(({ stroke3 }) => stroke3),
      ]),
    ),
    unknown: all.length - candidates.length,
  };
}

/** At most so many of each class, by chance, in their old order. */
function limited(examples: readonly Example[], limit: number, seed: number): Example[] {
  const byLabel = groupBy(examples.keys(), (place) => (examples[place] as Example).label);
  const kept = new Set<number>();
  for (const [label, places] of byLabel) {
    const order = permutation(fold(keyOf(seed), label), places.length);
    for (const chosen of order.subarray(0, limit)) kept.add(places[chosen] as number);
  }
  return examples.filter((_, place) => kept.has(place));
}
