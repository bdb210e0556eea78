import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasShared, shared } from '../../../test/shared.ts';
import { fitToSquare, resample, simplifyLikeQuickDraw, simplifyStroke } from './simplify.ts';
import type { Point, Sketch, Stroke } from './sketch.ts';

const coordinate = fc.double({ min: -1e4, max: 1e4, noNaN: true });
const point = fc.tuple(coordinate, coordinate);
const stroke = fc.array(point, { minLength: 1, maxLength: 60 });
const sketch = fc.array(stroke, { minLength: 1, maxLength: 5 });
const epsilon = fc.double({ min: 0, max: 3000, noNaN: true });

/** Distance of a point to a segment, found by search: no formula shared with the source. */
function distanceTo([x, y]: Point, a: Point, b: Point): number {
  const at = (t: number): number => Math.hypot(a[0] + t * (b[0] - a[0]) - x, a[1] + t * (b[1] - a[1]) - y);
  // The distance along a segment is convex: halving by thirds finds its least.
  let [low, high] = [0, 1];
  for (let i = 0; i < 90; i++) {
    const [left, right] = [low + (high - low) / 3, high - (high - low) / 3];
    if (at(left) < at(right)) high = right;
    else low = left;
  }
  return at((low + high) / 2);
}

function distanceToLine(place: Point, line: Stroke): number {
  const segments = line.length === 1 ? [[line[0], line[0]]] : line.slice(1).map((to, i) => [line[i], to]);
  return Math.min(...segments.map(([a, b]) => distanceTo(place, a as Point, b as Point)));
}

function length(line: Stroke): number {
  return line
    .slice(1)
    .reduce((sum, [x, y], i) => sum + Math.hypot(x - (line[i] as Point)[0], y - (line[i] as Point)[1]), 0);
}

describe('Ramer-Douglas-Peucker', () => {
  test('moves no point further than epsilon', () => {
    fc.assert(
      fc.property(stroke, epsilon, (line, away) => {
        const simple = simplifyStroke(line, away);
        for (const place of line) expect(distanceToLine(place, simple)).toBeLessThanOrEqual(away + 1e-6);
      }),
      { numRuns: 60 },
    );
  });

  test('keeps both ends, and of the rest some, in their order', () => {
    fc.assert(
      fc.property(stroke, epsilon, (line, away) => {
        const simple = simplifyStroke(line, away);
        expect([simple[0], simple.at(-1)]).toEqual([line[0], line.at(-1)]);
        const places = simple.map((place) => line.indexOf(place as [number, number]));
        expect(places).toEqual([...new Set(places)].toSorted((a, b) => a - b));
      }),
    );
  });

  test('run again, changes nothing', () => {
    fc.assert(
      fc.property(stroke, epsilon, (line, away) => {
        const simple = simplifyStroke(line, away);
        expect(simplifyStroke(simple, away)).toEqual(simple);
      }),
    );
  });

  test('keeps a hook that lies on the line through both ends', () => {
    const hook: Stroke = [
      [0, 0],
      [20, 0],
      [10, 0],
    ];
    expect(simplifyStroke(hook, 2)).toEqual(hook);
  });

  test('of straight points leaves the ends', () => {
    const line = Array.from({ length: 50_000 }, (_, i): Point => [3 * i, -4 * i]);
    expect(simplifyStroke(line, 1e-6)).toEqual([line[0], line.at(-1)]);
  });

  test('does not run out of stack where each split cuts off one point', () => {
    const zigzag = Array.from({ length: 5_000 }, (_, i): Point => [i, (i % 2) * (5_000 - i)]);
    expect(simplifyStroke(zigzag, 0.4)).toHaveLength(5_000);
  });

  test('of nothing is nothing', () => {
    expect(simplifyStroke([], 2)).toEqual([]);
  });
});

describe('resampling', () => {
  const spacing = fc.double({ min: 50, max: 5000, noNaN: true });

  test('sets points on the line, every spacing along it but for the last', () => {
    fc.assert(
      fc.property(stroke, spacing, (line, step) => {
        const even = resample(line, step);
        const whole = length(line);
        for (const place of even) expect(distanceToLine(place, line)).toBeLessThan(1e-6);
        // A corner between two points makes the way between them a shortcut.
        for (const [i, place] of even.slice(1).entries())
          expect(length([even[i] as Point, place])).toBeLessThan(step + 1e-6);
        expect(Math.abs(even.length - 1 - whole / step)).toBeLessThanOrEqual(1 + 1e-6);
        expect(length([even[0] as Point, line[0] as Point])).toBe(0);
        expect(length([even.at(-1) as Point, line.at(-1) as Point])).toBeLessThan(1e-6);
      }),
      { numRuns: 30 },
    );
  });

  test('goes round corners', () => {
    const corner: Stroke = [
      [0, 0],
      [1.5, 0],
      [1.5, 2],
    ];
    expect(resample(corner, 1)).toEqual([
      [0, 0],
      [1, 0],
      [1.5, 0.5],
      [1.5, 1.5],
      [1.5, 2],
    ]);
  });

  test('leaves a dot, and ends a stroke without length', () => {
    expect(resample([[2, 3]], 1)).toEqual([[2, 3]]);
    expect(
      resample(
        [
          [2, 3],
          [2, 3],
        ],
        1,
      ),
    ).toEqual([
      [2, 3],
      [2, 3],
    ]);
  });
});

describe("Quick, Draw!'s simplification", () => {
  const drawn = sketch.filter((strokes) => new Set(strokes.flat().map(String)).size > 1);

  test('gives whole numbers in 0..255 that reach from one side to the other, but for what epsilon takes', () => {
    fc.assert(
      fc.property(drawn, (strokes) => {
        const simple = simplifyLikeQuickDraw(strokes);
        const numbers = simple.flat(2);
        expect(numbers.every((number) => Number.isInteger(number) && number >= 0 && number <= 255)).toBe(true);
        const xs = simple.flat().map(([x]) => x);
        const ys = simple.flat().map(([, y]) => y);
        // Epsilon 2, half a pixel of resampling at a corner, half of rounding.
        expect(Math.min(...xs)).toBeLessThanOrEqual(3);
        expect(Math.min(...ys)).toBeLessThanOrEqual(3);
        expect(Math.max(...xs, ...ys)).toBeGreaterThanOrEqual(252);
      }),
      { numRuns: 60 },
    );
  });

  test('stays within epsilon and rounding of the drawing', () => {
    fc.assert(
      fc.property(drawn, (strokes) => {
        const fitted = fitToSquare(strokes, 255);
        for (const [i, line] of simplifyLikeQuickDraw(strokes).entries()) {
          for (const place of fitted[i] as Stroke)
            expect(distanceToLine(place, line)).toBeLessThanOrEqual(2 + 0.5 + Math.SQRT1_2 + 1e-6);
        }
      }),
      { numRuns: 20 },
    );
  });

  test('is the same wherever the drawing stands and however large it is', () => {
    fc.assert(
      fc.property(drawn, fc.integer({ min: -6, max: 6 }), (strokes, power) => {
        // Powers of two scale without rounding.
        const other = strokes.map((line) => line.map(([x, y]): Point => [x * 2 ** power, y * 2 ** power]));
        expect(simplifyLikeQuickDraw(other)).toEqual(simplifyLikeQuickDraw(strokes));
      }),
    );
  });

  test('drops strokes without points and keeps dots', () => {
    expect(simplifyLikeQuickDraw([[[0, 0]], [], [[10, 5]]])).toEqual([[[0, 0]], [[255, 128]]]);
  });

  test.skipIf(!hasShared)('leaves public drawings, which went through it, as they are but for a pixel or two', () => {
    const lines = readFileSync(shared('data/quickdraw/owl.ndjson'), 'utf8').trim().split('\n');
    const drawings = lines.map((line) => (JSON.parse(line) as { drawing: [number[], number[]][] }).drawing);
    let [before, after] = [0, 0];
    for (const drawing of drawings) {
      const strokes: Sketch = drawing.map(([xs, ys]) => xs.map((x, i): Point => [x, ys[i] as number]));
      const again = simplifyLikeQuickDraw(strokes);
      const fitted = fitToSquare(strokes, 255);
      for (const [i, line] of again.entries()) {
        for (const place of line)
          expect(distanceToLine(place, fitted[i] as Stroke)).toBeLessThanOrEqual(Math.SQRT1_2 + 1e-6);
      }
      before += strokes.flat().length;
      after += again.flat().length;
    }
    // Corners under 2 px that rounding made are all there is to take.
    expect(after).toBeLessThanOrEqual(before);
    expect(after).toBeGreaterThan(0.9 * before);
  });
});
