import type { Point, Stroke } from '@sketch-rnn/data';
import { direction, distance } from './line.ts';
import { isClosed } from './order.ts';

/** The middle of the ink cuts a corner, and smoothing a little more: by a piece not longer than so many radii of the line ... */
const CUT = 4;

/** ... which lies at most so many radii inside of the corner. */
const DEPTH = 1.5;

/**
 * Gives corners back that the middle of the ink cuts off: where a short piece lies between two longer ones, these go on until they
 * meet.
 *
 * @param stroke after simplification: its points are corners
 * @param radius half the width of the line
 */
export function sharpen(stroke: Stroke, radius: number): Stroke {
  const closed = isClosed(stroke) && stroke.length > 4;
  const ring = closed ? stroke.slice(1) : stroke;
  const at = (i: number): Point | undefined => ring[closed ? (i + ring.length) % ring.length : i];
  const cornerAt = (i: number): Point | undefined => {
    const [a, b, c, d] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    return a && b && c && d && cornerOf({ a, b, c, d }, radius);
  };
  // Of a closed stroke the last of these pieces leads to its start.
  const start = closed && cornerAt(-1) ? -1 : 0;
  const points: Point[] = [];
  for (let i = start; i < ring.length + start; i++) {
    const corner = cornerAt(i);
    points.push(corner ?? (at(i) as Point));
    if (corner) i++;
  }
  return closed ? [...points, points[0] as Point] : points;
}

interface Pieces {
  readonly a: Point;
  readonly b: Point;
  readonly c: Point;
  readonly d: Point;
}

/** Where a-b and d-c meet beyond b and c, if b-c cut that corner. */
function cornerOf({ a, b, c, d }: Pieces, radius: number): Point | undefined {
  const cut = distance(b, c);
  if (cut > CUT * radius || distance(a, b) < cut || distance(c, d) < cut) return undefined;
  const [forth, back] = [direction(a, b), direction(d, c)];
  const cross = forth[0] * back[1] - forth[1] * back[0];
  const beyondB = ((c[0] - b[0]) * back[1] - (c[1] - b[1]) * back[0]) / cross;
  const beyondC = ((c[0] - b[0]) * forth[1] - (c[1] - b[1]) * forth[0]) / cross;
  // Parallel lines meet nowhere: not a number, or too far.
  if (!(beyondB > 0 && beyondC > 0)) return undefined;
  const corner: Point = [b[0] + beyondB * forth[0], b[1] + beyondB * forth[1]];
  const middle: Point = [(b[0] + c[0]) / 2, (b[1] + c[1]) / 2];
  return distance(corner, middle) <= DEPTH * radius ? corner : undefined;
}
