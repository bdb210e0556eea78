/** SVG paths as strokes: lines as they are, curves and arcs flattened. */
import svgpath from 'svgpath';
import { DataError } from './error.ts';
import { extentOf } from './extent.ts';
import { describe } from './reading.ts';
import type { Point, Sketch } from './sketch.ts';

/** A piece of a path in absolute coordinates; a move begins a stroke, the others lead on from the last point. */
export interface Piece {
  readonly move: boolean;
  /** Control points after the last one: one for a move or a line, two for a quadratic Bezier, three for a cubic. */
  readonly points: readonly Point[];
}

/**
 * Flattening error, as a part of the longer side of the box around all control points: 0.13 px where a drawing is 255 px. Arcs
 * become cubic Beziers first, which adds less than 0.0003 of their radius.
 */
export const FLATTENING = 1 / 2000;

/** Numbers each transform takes. */
const TRANSFORMS: Readonly<Record<string, readonly number[]>> = {
  matrix: [6],
  translate: [1, 2],
  scale: [1, 2],
  rotate: [1, 3],
  skewX: [1],
  skewY: [1],
};

/**
 * Path data under transforms, the outermost first, as pieces.
 *
 * @throws DataError for data or transforms that cannot be read
 */
export function piecesOf(data: string, transforms: readonly string[], where: string): readonly Piece[] {
  // svgpath keeps what it read before an error and says so here alone, in a field its types leave out.
  const path = svgpath(data) as ReturnType<typeof svgpath> & { readonly err: string };
  if (path.err)
    throw new DataError(`${where}: expected path data, got ${describe(data)} (${path.err}) - save it again`);

  const pieces: Piece[] = [];
  const line = (point: Point): number => pieces.push({ move: false, points: [point] });
  let start: Point = [0, 0];
  let pen: 'moved' | 'drawing' | 'closed' = 'moved';
  const normal = path.abs().unshort().unarc().transform(transforms.join(' '));
  normal.iterate((segment) => {
    if (segment[0] === 'M') {
      start = [segment[1], segment[2]];
      pen = 'moved';
      return;
    }
    if (segment[0] === 'Z') {
      // Closed where it began, a stroke is a dot.
      if (pen === 'moved') pieces.push({ move: true, points: [start] });
      if (pen === 'drawing') line(start);
      pen = 'closed';
      return;
    }
    // After a closed part, drawing goes on from its start with a stroke of its own.
    if (pen !== 'drawing') pieces.push({ move: true, points: [start] });
    pen = 'drawing';
    const [x, y] = (pieces.at(-1) as Piece).points.at(-1) as Point;
    if (segment[0] === 'H') line([segment[1], y]);
    else if (segment[0] === 'V') line([x, segment[1]]);
    else pieces.push({ move: false, points: pairs(segment.slice(1) as number[]) });
  });
  return pieces;
}

/** Refuses what svgpath would pass over: other functions, and numbers too many or too few. */
export function checkTransform(transform: string, where: string): string {
  const rest = transform.replace(/([a-zA-Z]+)\s*\(([^()]*)\)/g, (call, name: string, list: string) => {
    const numbers = list.trim().split(/\s*,\s*|\s+/);
    const known = Object.hasOwn(TRANSFORMS, name) && TRANSFORMS[name]?.includes(numbers.length);
    return known && numbers.every((number) => number !== '' && Number.isFinite(Number(number))) ? '' : call;
  });
  if (/^[\s,]*$/.test(rest)) return transform;
  throw new DataError(
    `${where}: expected transforms (matrix, translate, scale, rotate, skewX, skewY), got ${describe(transform)} - save the drawing as plain SVG`,
  );
}

/** Strokes of the pieces, in their own coordinates. */
export function flatten(pieces: readonly Piece[]): Sketch {
  const tolerance = FLATTENING * longerSide(pieces);
  const strokes: Point[][] = [];
  for (const { move, points } of pieces) {
    if (move) strokes.push([...points]);
    else strokes.at(-1)?.push(...flattenCurve([strokes.at(-1)?.at(-1) as Point, ...points], tolerance));
  }
  return strokes;
}

/**
 * Points on a Bezier curve after its first, so many that no chord is further than `tolerance` from its part of the curve
 * (Wang's bound: n >= sqrt(d (d - 1) / 8 * max |second difference| / tolerance) for degree d).
 */
function flattenCurve(control: readonly Point[], tolerance: number): readonly Point[] {
  const degree = control.length - 1;
  let bend = 0;
  for (let i = 2; i <= degree; i++) {
    const [a, b, c] = [control[i - 2] as Point, control[i - 1] as Point, control[i] as Point];
    bend = Math.max(bend, Math.hypot(a[0] - 2 * b[0] + c[0], a[1] - 2 * b[1] + c[1]));
  }
  const chords = bend > 0 ? Math.ceil(Math.sqrt(((degree * (degree - 1)) / 8) * (bend / tolerance))) : 1;
  return Array.from({ length: chords }, (_, i) => pointAt(control, (i + 1) / chords));
}

/** De Casteljau. */
function pointAt(control: readonly Point[], t: number): Point {
  if (t === 1 || control.length === 1) return control.at(-1) as Point;
  const between = control.slice(1).map((to, i): Point => {
    const from = control[i] as Point;
    return [from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1])];
  });
  return pointAt(between, t);
}

function longerSide(pieces: readonly Piece[]): number {
  const { left, top, right, bottom } = extentOf(pieces.map(({ points }) => points));
  return Math.max(right - left, bottom - top);
}

function pairs(numbers: readonly number[]): readonly Point[] {
  return Array.from({ length: numbers.length / 2 }, (_, i): Point => [
    numbers[2 * i] as number,
    numbers[2 * i + 1] as number,
  ]);
}
