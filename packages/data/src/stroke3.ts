import { DataError } from './error.ts';
import type { Point, Sketch, Stroke, Stroke3 } from './sketch.ts';

/**
 * Offsets of a sketch.
 *
 * The first point becomes the origin. Where the first stroke is a dot the pen lifts before any offset: the row (0, 0, 1)
 * says so. Everything else is one row a point. A first stroke of two points on one spot has that same row: it comes back as a
 * dot.
 *
 * @param sketch strokes of absolute points; strokes without points are passed over
 * @returns `[n, 3]`, rows (dx, dy, lift)
 */
export function toStroke3(sketch: Sketch): Stroke3 {
  const strokes = sketch.filter((stroke) => stroke.length > 0);
  const origin = strokes[0]?.[0];
  if (!origin) return new Float32Array(0);
  const rows: number[] = strokes[0]?.length === 1 ? [0, 0, 1] : [];
  // Where the offsets so far lead. Each is rounded to float32 and the next makes up for it: a long drawing does not drift.
  let x = 0;
  let y = 0;
  for (const [index, stroke] of strokes.entries()) {
    for (let i = index === 0 ? 1 : 0; i < stroke.length; i++) {
      const point = stroke[i] as Point;
      const dx = Math.fround(point[0] - origin[0] - x);
      const dy = Math.fround(point[1] - origin[1] - y);
      rows.push(dx, dy, i === stroke.length - 1 ? 1 : 0);
      x += dx;
      y += dy;
    }
  }
  return new Float32Array(rows);
}

/**
 * Strokes of absolute points, from the origin on: the inverse of `toStroke3` up to translation.
 *
 * @param stroke3 `[n, 3]`
 * @throws DataError where the length is no multiple of three
 */
export function fromStroke3(stroke3: Stroke3): Sketch {
  if (stroke3.length % 3 !== 0) {
    throw new DataError(`stroke-3: expected rows of 3 numbers, got ${stroke3.length} numbers - is this stroke-5?`);
  }
  if (stroke3.length === 0) return [];
  const strokes: Stroke[] = [];
  let stroke: Point[] = [[0, 0]];
  let x = 0;
  let y = 0;
  for (let i = 0; i < stroke3.length; i += 3) {
    const dx = stroke3[i] as number;
    const dy = stroke3[i + 1] as number;
    const lift = stroke3[i + 2] as number;
    x += dx;
    y += dy;
    const dotFirst = i === 0 && dx === 0 && dy === 0 && lift === 1;
    if (!dotFirst) stroke.push([x, y]);
    if (lift === 1) {
      strokes.push(stroke);
      stroke = [];
    }
  }
  if (stroke.length > 0) strokes.push(stroke);
  return strokes;
}
