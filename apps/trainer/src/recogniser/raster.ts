/** A drawing as the recogniser sees it: grey levels, in which neither the order of its strokes nor its size shows. */
import { extentOf, type Point, type Sketch } from '@sketch-rnn/data';

/** Pixels a side. */
export const SIDE = 64;

/** Pixels left free on every side. */
const MARGIN = 3;

/** Half the width of a line, pixels. */
const RADIUS = 0.75;

/**
 * Draws a sketch in the middle of a square, as large as fits, aspect kept; a sketch that is a single place becomes a dot.
 *
 * @returns `[SIDE, SIDE]`, row-major: 1 where the ink is, 0 where none is, between them along its edges
 */
export function rasterise(sketch: Sketch): Float32Array {
  const image = new Float32Array(SIDE * SIDE);
  const place = placing(sketch);
  for (const stroke of sketch) {
    let from: Point | undefined;
    for (const point of stroke) {
      const to = place(point);
      drawLine(image, from ?? to, to);
      from = to;
    }
  }
  return image;
}

/** Where a point of the sketch comes to lie in the square, pixels from its upper left corner. */
function placing(sketch: Sketch): (point: Point) => Point {
  const { left, top, right, bottom } = extentOf(sketch);
  const longest = Math.max(right - left, bottom - top);
  const scale = longest > 0 ? (SIDE - 2 * MARGIN) / longest : 0;
  const [middleX, middleY] = [(left + right) / 2, (top + bottom) / 2];
  return ([x, y]) => [SIDE / 2 + (x - middleX) * scale, SIDE / 2 + (y - middleY) * scale];
}

/**
 * Inks every pixel whose centre lies within the radius of the line, those along its edge by how far within a pixel's width
 * they lie. Ink does not add up: where lines cross it is as dark as elsewhere.
 */
function drawLine(image: Float32Array, [fromX, fromY]: Point, [toX, toY]: Point): void {
  const reach = RADIUS + 0.5;
  const [dx, dy] = [toX - fromX, toY - fromY];
  const squared = dx * dx + dy * dy;
  // Pixel p covers p .. p + 1, its centre is at p + 0.5.
  const [firstColumn, lastColumn] = pixels(Math.min(fromX, toX) - reach, Math.max(fromX, toX) + reach);
  const [firstRow, lastRow] = pixels(Math.min(fromY, toY) - reach, Math.max(fromY, toY) + reach);
  for (let row = firstRow; row <= lastRow; row++) {
    for (let column = firstColumn; column <= lastColumn; column++) {
      const [x, y] = [column + 0.5 - fromX, row + 0.5 - fromY];
      // How far along the line the nearest of its points lies.
      const along = squared > 0 ? Math.min(1, Math.max(0, (x * dx + y * dy) / squared)) : 0;
      const distance = Math.hypot(x - along * dx, y - along * dy);
      const ink = Math.min(1, reach - distance);
      const at = row * SIDE + column;
      if (ink > (image[at] as number)) image[at] = ink;
    }
  }
}

/** The first and the last pixel whose centre lies within an interval. */
function pixels(from: number, to: number): readonly [first: number, last: number] {
  return [Math.max(0, Math.ceil(from - 0.5)), Math.min(SIDE - 1, Math.floor(to - 0.5))];
}
