import type { Point, Sketch } from '@sketch-rnn/data';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeSketch, encodeSketch } from './share.ts';

const point = fc.tuple(fc.nat(255), fc.nat(255)).map(([x, y]): Point => [x, y]);
const stroke = fc.array(point, { minLength: 1, maxLength: 40 });
/** Sketches that fill the grid from corner to corner, and so stay where they are. */
const sketches = fc.array(stroke, { maxLength: 8 }).map((strokes): Sketch => [
  [
    [0, 0],
    [255, 255],
  ],
  ...strokes,
]);

describe('a sketch in an address', () => {
  test('comes back as it was, on the grid', () => {
    fc.assert(
      fc.property(sketches, (sketch) => {
        expect(decodeSketch(encodeSketch(sketch))).toEqual(sketch);
      }),
    );
  });

  test('keeps its shape to within half a cell, whatever its size and place', () => {
    const scaled = fc.tuple(
      sketches,
      fc.double({ min: 0.01, max: 50, noNaN: true }),
      fc.integer({ min: -500, max: 500 }),
    );
    fc.assert(
      fc.property(scaled, ([sketch, scale, shift]) => {
        const moved = sketch.map((each) => each.map(([x, y]): Point => [x * scale + shift, y * scale - shift]));
        const points = decodeSketch(encodeSketch(moved))?.flat() ?? [];
        for (const [i, [x, y]] of sketch.flat().entries()) {
          expect(Math.abs((points[i]?.[0] ?? Infinity) - x)).toBeLessThanOrEqual(0.5 + 1e-6);
          expect(Math.abs((points[i]?.[1] ?? Infinity) - y)).toBeLessThanOrEqual(0.5 + 1e-6);
        }
      }),
    );
  });

  test('needs nothing escaped', () => {
    fc.assert(
      fc.property(sketches, (sketch) => {
        expect(encodeSketch(sketch)).toMatch(/^[\w-]+$/);
      }),
    );
  });

  test('is refused when cut short within a stroke', () => {
    const whole = encodeSketch([
      [
        [0, 0],
        [10, 20],
        [255, 255],
        [30, 4],
      ],
    ]);
    for (let length = 0; length < whole.length - 1; length++)
      expect(decodeSketch(whole.slice(0, length))).toBeUndefined();
  });

  test('is refused, and never throws, when it is anything else', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const read = decodeSketch(text);
        for (const [x, y] of read?.flat() ?? []) {
          expect(x >= 0 && x <= 255 && y >= 0 && y <= 255).toBe(true);
        }
      }),
    );
  });

  test.for(['', 'AQ', 'AgEAAA', 'AQEAA!', 'AX9_', '../../x', 'AQEBAQ'])('"%s" is none', (text) => {
    expect(decodeSketch(text)).toBeUndefined();
  });
});
