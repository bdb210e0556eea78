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

/** A polyline of one colour, px, in the order it is drawn. */
export interface Piece {
  readonly points: readonly Point[];
  readonly colour: string;
  /** Width of the pen. */
  readonly width: number;
  /** Whether it goes on where the piece before it ended, the pen still down. */
  readonly continues: boolean;
}

export interface InkOptions {
  readonly place: Place;
  readonly colouring: Colouring;
  readonly theme: Theme;
  /** Width of a line, px. */
  readonly strokeWidth: number;
}

/** A pen that stands still leaves more ink: dots are so many lines wide, or eyes would be lost in a small picture. */
export const DOT = 1.6;

/**
 * A sketch in pixels, cut where the colour changes; strokes without points are passed over.
 *
 * @throws RenderError where `givenPoints` is no number of points
 */
export function pieces(sketch: Sketch, { place, colouring, theme, strokeWidth }: InkOptions): Piece[] {
  const strokes = sketch.filter((stroke) => stroke.length > 0);
  let given = typeof colouring === 'object' ? colouring.givenPoints : Infinity;
  if (!(given >= 0)) throw new RenderError(`givenPoints: expected a number of points, 0 or more, got ${given}`);
  return strokes.flatMap((stroke, index): Piece[] => {
    const points = stroke.map(place);
    const width = isDot(stroke) ? DOT * strokeWidth : strokeWidth;
    const before = points.slice(0, Math.max(0, given));
    given -= points.length;
    const colour = colouring === 'order' ? shade(theme.order, index / Math.max(1, strokes.length - 1)) : theme.ink;
    const ink: Piece = { points: before, colour, width, continues: false };
    if (before.length === points.length) return [ink];
    if (before.length === 0) return [{ points, colour: theme.model, width, continues: false }];
    // In a shared stroke the line from the last given point on is the model's.
    return [ink, { points: points.slice(before.length - 1), colour: theme.model, width, continues: true }];
  });
}

function isDot(points: readonly Point[]): boolean {
  return points.every(([x, y]) => x === points[0]?.[0] && y === points[0][1]);
}

/** Pieces as few paths: neighbours of one colour and width share one. */
export function paths(drawn: readonly Piece[]): Markup[] {
  const runs: Piece[][] = [];
  for (const piece of drawn) {
    const run = runs.at(-1);
    if (run?.[0]?.colour === piece.colour && run[0].width === piece.width) run.push(piece);
    else runs.push([piece]);
  }
  return runs.map((run) =>
    element('path', {
      stroke: run[0]?.colour,
      'stroke-width': run[0]?.width,
      d: pathData(run.map((piece) => piece.points)),
    }),
  );
}

/** Draws every path in it with a round pen. */
export function pen(...children: readonly Markup[]): Markup {
  return element('g', { fill: 'none', 'stroke-linecap': 'round', 'stroke-linejoin': 'round' }, ...children);
}
