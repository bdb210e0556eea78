/** How close drawings come to those a model has learned from. */
import type { Stroke3 } from '@sketch-rnn/data';
import { groupBy } from '../group.ts';
import { cloudOf, nearestOf } from './nearest.ts';
import type { BeginPart } from './progress.ts';

/** The drawing of the training split, of the same class, that is nearest to another. */
export interface Nearest {
  readonly stroke3: Stroke3;
  /** Chamfer distance, a share of the longer side. */
  readonly distance: number;
}

/** Finds the nearest training drawing of each drawing; there is none of an empty one, nor in a class without any. */
export function nearestTraining<T extends { readonly stroke3: Stroke3; readonly label: number }>(
  drawings: readonly T[],
  training: ReadonlyMap<number, readonly Stroke3[]>,
  begin: BeginPart,
): Map<T, Nearest> {
  const nearest = new Map<T, Nearest>();
  const advance = begin('looking for copies', drawings.length);
  for (const [label, members] of groupBy(drawings, (drawing) => drawing.label)) {
    const known = training.get(label) ?? [];
    const clouds = known.map(cloudOf);
    for (const drawing of members) {
      if (known.length > 0 && drawing.stroke3.length > 0) {
        const { place, distance } = nearestOf(cloudOf(drawing.stroke3), clouds);
        nearest.set(drawing, { stroke3: known[place] as Stroke3, distance });
      }
      advance(1);
    }
  }
  return nearest;
}
