import type { Point } from '@sketch-rnn/data';
import type { Node } from './graph.ts';
import { angleBetween, direction, distance } from './line.ts';

/** One end of an edge, seen from the crossing it lies at. */
export interface Tip {
  /** All points of the edge, the one at the crossing first. */
  readonly points: readonly Point[];
  /** How many of them lie in the crossing's own ink. */
  readonly inside: number;
  /** Unit vector away from the crossing. */
  readonly away: Point;
}

/** A pen that goes on through a crossing turns by less than this, radians. */
export const SHARPEST = (60 * Math.PI) / 180;

/** Radii of a line over which its direction is taken, beyond the crossing's own ink, where thinning bends it. */
const REACH = 4;

/**
 * @param points of an edge, the one at the crossing first
 * @param radius half the width of a line, px
 */
export function tipOf(points: readonly Point[], crossing: Node, radius: number): Tip {
  const found = points.findIndex((point) => distance(point, crossing.place) > crossing.radius);
  // A short edge may not come out of the crossing's ink.
  const inside = found < 0 ? points.length : found;
  const begin = found < 0 ? crossing.place : (points[found] as Point);
  const far = points.slice(inside).find((point) => distance(point, begin) >= REACH * radius);
  return { points, inside, away: direction(begin, far ?? (points.at(-1) as Point)) };
}

/** By how much a pen turns that comes along one edge and leaves along another, radians. */
export function turnBetween(a: Tip, b: Tip): number {
  return Math.PI - angleBetween(a.away, b.away);
}
