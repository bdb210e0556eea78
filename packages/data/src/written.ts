import { fromStroke3 } from './stroke3.ts';
import type { Point, Sketch, Stroke3 } from './sketch.ts';

/** A drawing placed for a file of absolute points. */
export interface Placed {
  readonly strokes: Sketch;
  readonly width: number;
  readonly height: number;
}

/**
 * Absolute points of a drawing with its top left corner at 0, in seven digits, which is what float32 offsets hold: whole
 * numbers stay whole.
 */
export function placed(stroke3: Stroke3): Placed {
  const sketch = fromStroke3(stroke3);
  let [left, top, right, bottom] = [0, 0, 0, 0];
  for (const stroke of sketch) {
    for (const [x, y] of stroke) {
      left = Math.min(left, x);
      top = Math.min(top, y);
      right = Math.max(right, x);
      bottom = Math.max(bottom, y);
    }
  }
  const strokes = sketch.map((stroke) => stroke.map(([x, y]): Point => [rounded(x - left), rounded(y - top)]));
  return { strokes, width: rounded(right - left), height: rounded(bottom - top) };
}

function rounded(value: number): number {
  return Number(value.toPrecision(7));
}
