import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  FINEST,
  HALF,
  keyOf,
  levelAt,
  onSheet,
  placeOfSquare,
  reachOf,
  SIDE,
  squaresInView,
  stepOf,
  wholeLandscape,
} from './landscape.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const size = fc.integer({ min: 300, max: 2000 });

/** A screen on the sheet, which it never leaves, and a point of it. */
const views = fc
  .record({ width: size, height: size, closer: share, u: share, v: share, across: share, along: share })
  .map((of) => {
    const { width, height } = of;
    const whole = Math.max(width, height) / (2 * HALF);
    const scale = whole * (28 / whole) ** of.closer;
    /** From where the sheet begins on the screen's edge to where it ends there. */
    const shift = (length: number, at: number): number => HALF * scale - at * (2 * HALF * scale - length);
    const view = { scale, x: shift(width, of.u), y: shift(height, of.v) };
    const point = { x: (of.across * width - view.x) / scale, y: (of.along * height - view.y) / scale };
    return { width, height, view, point };
  });

/** The squares in view as they lie on the sheet. */
function shown({
  view,
  width,
  height,
}: {
  view: { scale: number; x: number; y: number };
  width: number;
  height: number;
}) {
  const half = (SIDE * stepOf(levelAt(view.scale))) / stepOf(0) / 2;
  return squaresInView(view, width, height).map((square) => {
    const { x, y } = onSheet(placeOfSquare(square));
    return { key: keyOf(square), x, y, half };
  });
}

function within(value: number, limit: number): number {
  return Math.min(limit, Math.max(-limit, value));
}

describe('the squares in view', () => {
  test('cover the screen but for half a square at the edge of the sheet', () => {
    fc.assert(
      fc.property(views, (of) => {
        const squares = shown(of);
        const half = squares[0]?.half ?? 0;
        const limit = HALF - half;
        const [x, y] = [within(of.point.x, limit), within(of.point.y, limit)];
        const [left, top] = [x * of.view.scale + of.view.x, y * of.view.scale + of.view.y];
        const offScreen = left < 0 || top < 0 || left > of.width || top > of.height;
        const hit = squares.some((square) => Math.max(Math.abs(x - square.x), Math.abs(y - square.y)) <= half + 1e-6);
        expect(hit || offScreen).toBe(true);
      }),
    );
  });

  test('are on the screen and on the sheet, each once, the one in the middle first', () => {
    fc.assert(
      fc.property(views, (of) => {
        const squares = shown(of);
        const { view, width, height } = of;
        expect(new Set(squares.map(({ key }) => key)).size).toBe(squares.length);
        for (const { x, y, half } of squares) {
          expect(Math.max(Math.abs(x), Math.abs(y)) + half).toBeLessThanOrEqual(HALF + 1e-6);
          expect((x + 2 * half) * view.scale + view.x).toBeGreaterThan(0);
          expect((x - 2 * half) * view.scale + view.x).toBeLessThan(width);
          expect((y + 2 * half) * view.scale + view.y).toBeGreaterThan(0);
          expect((y - 2 * half) * view.scale + view.y).toBeLessThan(height);
        }
        const distances = squares.map(({ x, y }) =>
          Math.hypot(x * view.scale + view.x - width / 2, y * view.scale + view.y - height / 2),
        );
        const diagonal = Math.SQRT2 * (squares[0]?.half ?? 0) * view.scale;
        expect(distances[0]).toBeLessThanOrEqual(Math.min(...distances) + diagonal);
      }),
    );
  });

  test('are at least 90 px wide, and less than twice that while there is a finer level', () => {
    for (let scale = 0.9; scale < 28; scale *= 1.07) {
      const px = (SIDE * scale * stepOf(levelAt(scale))) / stepOf(0);
      expect(px).toBeGreaterThanOrEqual(90);
      expect(px < 180.0001 || levelAt(scale) === FINEST).toBe(true);
    }
  });
});

test('the whole is nine by nine squares to three deviations, and each finer level keeps the squares of the one before', () => {
  const whole = wholeLandscape();
  expect(whole.length).toBe(81);
  expect(placeOfSquare(whole[0] ?? { column: 0, row: 0 })).toEqual({ x: -3, y: -3 });
  expect(placeOfSquare(whole[80] ?? { column: 0, row: 0 })).toEqual({ x: 3, y: 3 });
  for (let level = 1; level <= FINEST; level++) {
    expect(stepOf(level - 1) % stepOf(level)).toBe(0);
    expect(reachOf(level)).toBeGreaterThanOrEqual(reachOf(level - 1));
  }
});
