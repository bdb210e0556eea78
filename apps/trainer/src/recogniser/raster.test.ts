import { keyOf, type Point, type Sketch, stream } from '@sketch-rnn/data';
import { describe, expect, test } from 'vitest';
import { rasterise, SIDE } from './raster.ts';

const MARGIN = 3;
const RADIUS = 0.75;

/** A drawing of a few strokes by chance. */
function chance(seed: number): Sketch {
  const next = stream(keyOf(seed));
  return Array.from({ length: 3 }, () => Array.from({ length: 6 }, (): Point => [255 * next(), 200 * next()]));
}

function ink(image: Float32Array): number {
  return image.reduce((sum, value) => sum + value, 0);
}

function expectAlike(a: Float32Array, b: Float32Array): void {
  for (const [i, value] of a.entries()) expect(Math.abs(value - (b[i] as number))).toBeLessThan(1e-4);
}

function mapped(sketch: Sketch, change: (point: Point) => Point): Sketch {
  return sketch.map((stroke) => stroke.map(change));
}

/** Columns and rows that hold ink. */
function extent(image: Float32Array): { columns: number; rows: number } {
  const at = [...image.keys()].filter((i) => (image[i] as number) > 0);
  return {
    columns: new Set(at.map((i) => i % SIDE)).size,
    rows: new Set(at.map((i) => Math.floor(i / SIDE))).size,
  };
}

describe('a picture', () => {
  test.for([1, 2, 3])('is what fine squares within the lines make of it: drawing %i', (seed) => {
    const sketch = chance(seed);
    const image = rasterise(sketch);
    const fine = 8;
    let error = 0;
    for (const [i, value] of image.entries()) {
      let covered = 0;
      for (let part = 0; part < fine * fine; part++) {
        const x = (i % SIDE) + ((part % fine) + 0.5) / fine;
        const y = Math.floor(i / SIDE) + (Math.floor(part / fine) + 0.5) / fine;
        if (isInked(sketch, [x, y])) covered++;
      }
      const difference = Math.abs(value - covered / (fine * fine));
      // Where lines meet, the covered share of a pixel is more than that of either.
      expect(difference).toBeLessThan(0.5);
      error += difference;
    }
    expect(error / ink(image)).toBeLessThan(0.06);
  });

  test.for([0, 0.3, 1, Math.PI / 2, 2.5])('of a line has the ink of its length at any angle: %f rad', (angle) => {
    const [dx, dy] = [100 * Math.cos(angle), 100 * Math.sin(angle)];
    const length = ((SIDE - 2 * MARGIN) * 100) / Math.max(Math.abs(dx), Math.abs(dy));
    const area = 2 * RADIUS * length + Math.PI * RADIUS ** 2;
    expect(ink(rasterise([[[0, 0], [dx, dy]]])) / area).toBeCloseTo(1, 1); // prettier-ignore
  });

  test('is the same wherever and how large the drawing is, in whatever order and direction it was drawn', () => {
    const sketch = chance(4);
    const image = rasterise(sketch);
    expectAlike(rasterise(mapped(sketch, ([x, y]) => [7 * x - 300, 7 * y + 40])), image);
    expectAlike(rasterise(sketch.toReversed()), image);
    expectAlike(rasterise(sketch.map((stroke) => stroke.toReversed())), image);
  });

  test('keeps the aspect and fills the square but for the margin', () => {
    const box = (width: number, height: number): Sketch => [
      [
        [0, 0],
        [width, 0],
        [width, height],
        [0, height],
        [0, 0],
      ],
    ];
    expect(extent(rasterise(box(50, 50)))).toEqual({ columns: SIDE - 4, rows: SIDE - 4 });
    const { columns, rows } = extent(rasterise(box(100, 50)));
    expect(columns).toBe(SIDE - 4);
    // From 17.5 to 46.5, and 1.25 beyond: the centres of pixels 16 to 47 lie within.
    expect(rows).toBe(32);
  });

  test('is never darker than ink, and empty where nothing was drawn', () => {
    expect(Math.max(...rasterise(chance(5)))).toBe(1);
    expect(ink(rasterise([]))).toBe(0);
    expect(ink(rasterise([[]]))).toBe(0);
  });

  test('of a dot, or of a drawing that is a single place, is a dot in the middle', () => {
    const dot = rasterise([[[9, 9]]]);
    expect(ink(dot)).toBeGreaterThan(0);
    expect(extent(dot)).toEqual({ columns: 2, rows: 2 });
    expect(rasterise([[[1, 1], [1, 1]], [[1, 1]]])).toEqual(dot); // prettier-ignore
  });
});

/** Whether a place, in pixels, lies within half a line's width of the drawing as it is placed. */
function isInked(sketch: Sketch, [x, y]: Point): boolean {
  const points = sketch.flat();
  const low = [0, 1].map((axis) => Math.min(...points.map((point) => point[axis as 0 | 1])));
  const high = [0, 1].map((axis) => Math.max(...points.map((point) => point[axis as 0 | 1])));
  const [left, top, right, bottom] = [...low, ...high] as [number, number, number, number];
  const scale = (SIDE - 2 * MARGIN) / Math.max(right - left, bottom - top);
  const place = ([px, py]: Point): Point => [
    SIDE / 2 + scale * (px - (left + right) / 2),
    SIDE / 2 + scale * (py - (top + bottom) / 2),
  ];
  return sketch.some((stroke) =>
    stroke.slice(1).some((end, i) => {
      const [ax, ay] = place(stroke[i] as Point);
      const [bx, by] = place(end);
      const length = Math.hypot(bx - ax, by - ay);
      const along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length;
      const across = Math.abs((x - ax) * (by - ay) - (y - ay) * (bx - ax)) / length;
      if (along < 0) return Math.hypot(x - ax, y - ay) <= RADIUS;
      return along > length ? Math.hypot(x - bx, y - by) <= RADIUS : across <= RADIUS;
    }),
  );
}
