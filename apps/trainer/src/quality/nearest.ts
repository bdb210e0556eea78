/** Which of the drawings a model has learned from a sketch comes closest to: copies have a distance near 0. */
import { fromStroke3, type Point, type Stroke3 } from '@sketch-rnn/data';

/** Points a drawing is made of when shapes are compared. */
const POINTS = 64;

/** A drawing as `[POINTS, 2]`, evenly along its ink, in a box of longer side 1 around 0. */
export type Cloud = Float32Array;

/**
 * A drawing resampled: where it lies, how large it is, in how many steps and in which order it was drawn is gone.
 *
 * @param stroke3 of at least one row
 */
export function cloudOf(stroke3: Stroke3): Cloud {
  const strokes = fromStroke3(stroke3);
  const lines = strokes.flatMap((stroke) =>
    // A dot is a line of length 0.
    (stroke.length === 1 ? [stroke[0] as Point, stroke[0] as Point] : stroke)
      .slice(1)
      .map((to, i): Line => ({ from: stroke[i] as Point, to, length: distance(stroke[i] as Point, to) })),
  );
  return normalised(alongInk(lines));
}

interface Line {
  readonly from: Point;
  readonly to: Point;
  readonly length: number;
}

function alongInk(lines: readonly Line[]): Float32Array {
  const ink = lines.reduce((total, { length }) => total + length, 0);
  const cloud = new Float32Array(2 * POINTS);
  let line = 0;
  let before = 0;
  for (let i = 0; i < POINTS; i++) {
    const at = (ink * (i + 0.5)) / POINTS;
    while (line < lines.length - 1 && before + (lines[line] as Line).length < at) {
      before += (lines[line] as Line).length;
      line++;
    }
    const { from, to, length } = lines[line] as Line;
    const share = length === 0 ? 0 : Math.min(1, (at - before) / length);
    cloud[2 * i] = from[0] + share * (to[0] - from[0]);
    cloud[2 * i + 1] = from[1] + share * (to[1] - from[1]);
  }
  return cloud;
}

function normalised(cloud: Float32Array): Cloud {
  const box = (axis: 0 | 1): { readonly centre: number; readonly side: number } => {
    const values = cloud.filter((_, i) => i % 2 === axis);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    return { centre: (least + most) / 2, side: most - least };
  };
  const [x, y] = [box(0), box(1)];
  const side = Math.max(x.side, y.side) || 1;
  return cloud.map((value, i) => (value - (i % 2 === 0 ? x : y).centre) / side);
}

/**
 * Chamfer distance (Barrow et al. 1977), a share of the longer side: how far on average a point of one drawing is from the
 * nearest point of the other, both ways.
 *
 * @param limit where the distance is sure to be larger, something larger than it comes back
 */
export function chamfer(a: Cloud, b: Cloud, limit = Infinity): number {
  const most = limit * 2 * POINTS;
  const there = directed(a, b, most);
  return there > most ? Infinity : (there + directed(b, a, most - there)) / (2 * POINTS);
}

/** Sum over the points of one of the distance to the nearest of the other; cut short above `most`. */
function directed(a: Cloud, b: Cloud, most: number): number {
  let total = 0;
  for (let i = 0; i < a.length && total <= most; i += 2) {
    const x = a[i] as number;
    const y = a[i + 1] as number;
    let least = Infinity;
    for (let j = 0; j < b.length; j += 2) {
      const dx = x - (b[j] as number);
      const dy = y - (b[j + 1] as number);
      const square = dx * dx + dy * dy;
      if (square < least) least = square;
    }
    total += Math.sqrt(least);
  }
  return total;
}

export interface Neighbour {
  /** Its place in the list. */
  readonly place: number;
  /** Chamfer distance, a share of the longer side. */
  readonly distance: number;
}

/** The nearest of some clouds, at least one; the first of equals. */
export function nearestOf(cloud: Cloud, others: readonly Cloud[]): Neighbour {
  let nearest: Neighbour = { place: 0, distance: Infinity };
  for (const [place, other] of others.entries()) {
    const distanceTo = chamfer(cloud, other, nearest.distance);
    if (distanceTo < nearest.distance) nearest = { place, distance: distanceTo };
  }
  return nearest;
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}
