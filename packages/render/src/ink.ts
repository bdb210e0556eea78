import type { Point, Sketch } from '@sketch-rnn/data';
import { RenderError } from './error.ts';
import type { Place } from './fit.ts';
import { pathData } from './path.ts';
import { element, type Markup } from './svg.ts';
import { shade, type Theme } from './theme.ts';

/**
 * Which colour a stroke has: `ink` for all, `order` from the first to the last, or a completion, in which the first
 * `givenPoints` points are ink and what the model drew after them is in its own colour.
 */
export type Colouring = 'ink' | 'order' | { readonly givenPoints: number };

/** A polyline of one colour, in the order it is drawn. */
export interface Piece {
  readonly points: readonly Point[];
  readonly colour: string;
  /** Whether it goes on where the piece before it ended, the pen still down. */
  readonly continues: boolean;
}

/**
 * A sketch in pixels, cut where the colour changes; strokes without points are passed over.
 *
 * @throws RenderError where `givenPoints` is no number of points
 */
export function pieces(sketch: Sketch, place: Place, colouring: Colouring, theme: Theme): Piece[] {
  const strokes = sketch.filter((stroke) => stroke.length > 0);
  const found: Piece[] = [];
  let given = typeof colouring === 'object' ? colouring.givenPoints : Infinity;
  if (!(given >= 0)) throw new RenderError(`givenPoints: expected a number of points, 0 or more, got ${given}`);
  for (const [index, stroke] of strokes.entries()) {
    const points = stroke.map(place);
    const before = points.slice(0, Math.max(0, given));
    // The model's part of a shared stroke starts at the last given point: the line between the two is the model's.
    const after = points.slice(before.length > 0 && before.length < points.length ? before.length - 1 : before.length);
    const colour = colouring === 'order' ? shade(theme.order, index / Math.max(1, strokes.length - 1)) : theme.ink;
    if (before.length > 0) found.push({ points: before, colour, continues: false });
    if (after.length > 0) found.push({ points: after, colour: theme.model, continues: before.length > 0 });
    given -= points.length;
  }
  return found;
}

/** Pieces as few paths: neighbours of one colour share one. */
export function paths(drawn: readonly Piece[]): Markup[] {
  const runs: { colour: string; polylines: (readonly Point[])[] }[] = [];
  for (const { points, colour } of drawn) {
    const last = runs.at(-1);
    if (last?.colour === colour) last.polylines.push(points);
    else runs.push({ colour, polylines: [points] });
  }
  return runs.map(({ colour, polylines }) => element('path', { stroke: colour, d: pathData(polylines) }));
}

/** Draws everything in it with a round pen of this width. */
export function pen(width: number, ...children: readonly Markup[]): Markup {
  return element(
    'g',
    { fill: 'none', 'stroke-width': width, 'stroke-linecap': 'round', 'stroke-linejoin': 'round' },
    ...children,
  );
}
