/**
 * Quick, Draw!'s simplification (googlecreativelab/quickdraw-dataset, "Simplified Drawing files"): align to the top left,
 * scale to 0..255, resample at 1 px, Ramer-Douglas-Peucker with epsilon 2.
 */
import { extentOf } from './extent.ts';
import type { Point, Sketch, Stroke } from './sketch.ts';

const SIZE = 255;
const SPACING = 1;
const EPSILON = 2;

/**
 * Brings a sketch of any size to the form the public drawings have: whole numbers 0..255.
 *
 * @param sketch finite points in any unit; strokes without points are dropped
 */
export function simplifyLikeQuickDraw(sketch: Sketch): Sketch {
  return fitToSquare(sketch, SIZE)
    .filter((stroke) => stroke.length > 0)
    .map((stroke) =>
      simplifyStroke(resample(stroke, SPACING), EPSILON).map(([x, y]): Point => [Math.round(x), Math.round(y)]),
    );
}

/** How long the line of a sketch is once it is scaled: about the points that resampling makes of it. */
export function pixelsOf(sketch: Sketch): number {
  let length = 0;
  for (const stroke of fitToSquare(sketch, SIZE)) {
    for (let i = 1; i < stroke.length; i++) length += distance(stroke[i - 1] as Point, stroke[i] as Point);
  }
  return length;
}

/**
 * Moves a sketch to the top left corner and scales it, both directions alike, so that its longer side is `size`.
 *
 * A sketch of a single place is only moved.
 */
export function fitToSquare(sketch: Sketch, size: number): Sketch {
  const { left, top, right, bottom } = extentOf(sketch);
  const side = Math.max(right - left, bottom - top);
  const scale = side > 0 ? size / side : 1;
  return sketch.map((stroke) => stroke.map(([x, y]): Point => [(x - left) * scale, (y - top) * scale]));
}

/**
 * Points every `spacing` along a stroke, from its first point on; its last point ends it, at whatever distance is left.
 *
 * @param spacing in the stroke's units, above 0
 */
export function resample(stroke: Stroke, spacing: number): Stroke {
  const [first] = stroke;
  if (!first) return [];
  const points: Point[] = [first];
  /** Way gone since the last point set. */
  let gone = 0;
  for (let i = 1; i < stroke.length; i++) {
    const [fromX, fromY] = stroke[i - 1] as Point;
    const [toX, toY] = stroke[i] as Point;
    const length = distance([fromX, fromY], [toX, toY]);
    const set = Math.floor((gone + length) / spacing);
    for (let n = 1; n <= set; n++) {
      const part = (n * spacing - gone) / length;
      points.push([fromX + part * (toX - fromX), fromY + part * (toY - fromY)]);
    }
    gone += length - set * spacing;
  }
  const last = stroke.at(-1) as Point;
  if (stroke.length > 1 && (gone > 0 || points.length === 1)) points.push(last);
  return points;
}

/**
 * Ramer-Douglas-Peucker: the fewest splits after which every dropped point lies within `epsilon` of the segment that
 * replaces it (Douglas & Peucker 1973; distances to the segment, not to its line, so that a hook at an end is kept).
 *
 * Keeps both ends; running it again changes nothing.
 */
export function simplifyStroke(stroke: Stroke, epsilon: number): Stroke {
  const kept = new Uint8Array(stroke.length);
  if (kept.length > 0) kept[0] = kept[kept.length - 1] = 1;
  // A stack of its own: a drawing can be made to recurse as deep as it has points.
  const open: [first: number, last: number][] = [[0, stroke.length - 1]];
  for (let range = open.pop(); range; range = open.pop()) {
    const [first, last] = range;
    let farthest = 0;
    let reach = epsilon * epsilon;
    for (let i = first + 1; i < last; i++) {
      const away = squaredDistance(stroke[i] as Point, stroke[first] as Point, stroke[last] as Point);
      if (away > reach) {
        reach = away;
        farthest = i;
      }
    }
    if (farthest === 0) continue;
    kept[farthest] = 1;
    open.push([first, farthest], [farthest, last]);
  }
  return stroke.filter((_, i) => kept[i] === 1);
}

function distance(a: Point, b: Point): number {
  return Math.hypot(b[0] - a[0], b[1] - a[1]);
}

/** Squared distance of a point to the segment from `a` to `b`. */
function squaredDistance([x, y]: Point, a: Point, b: Point): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const squaredLength = dx * dx + dy * dy;
  const along = squaredLength > 0 ? ((x - a[0]) * dx + (y - a[1]) * dy) / squaredLength : 0;
  const part = Math.min(1, Math.max(0, along));
  return (x - a[0] - part * dx) ** 2 + (y - a[1] - part * dy) ** 2;
}
