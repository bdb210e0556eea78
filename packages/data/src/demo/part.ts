import type { Point, Sketch } from '../sketch.ts';
import type { Chance } from './chance.ts';

/** What a group of strokes is meant to be. */
export interface Part {
  readonly name:
    | 'outline'
    | 'ears'
    | 'eyes'
    | 'brows'
    | 'beak'
    | 'wings'
    | 'belly'
    | 'feet'
    | 'branch'
    | 'snout'
    | 'mouth'
    | 'tail';
  readonly strokes: Sketch;
}

/** The parts as someone might draw them: about in the order given, now and then quite otherwise. */
export function reorder(chance: Chance, parts: readonly Part[]): readonly Part[] {
  return parts
    .filter(({ strokes }) => strokes.length > 0)
    .map((part, i) => ({ part, place: i + chance.spread(1.1) }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ part }) => part);
}

/** A left and a right one, in either order; `side` is -1 and 1. */
export function pair(chance: Chance, draw: (side: -1 | 1) => Sketch): Sketch {
  return chance.maybe(0.65) ? [...draw(-1), ...draw(1)] : [...draw(1), ...draw(-1)];
}

/** The whole drawing leant and turned a little about its origin, and half of the time seen from the other side. */
export function pose(chance: Chance, parts: readonly Part[]): readonly Part[] {
  const turn = chance.spread(0.06);
  const lean = chance.spread(0.06);
  const mirror = chance.maybe(0.5) ? -1 : 1;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const move = ([x, y]: Point): Point => [mirror * (cos * x - sin * y + lean * y), sin * x + cos * y];
  return parts.map(({ name, strokes }) => ({ name, strokes: strokes.map((stroke) => stroke.map(move)) }));
}
