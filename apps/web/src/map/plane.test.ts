import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { greatCircle } from './great-circle.ts';
import { FINEST, placeOfSquare, reachOf } from './landscape.ts';
import { latentOf, placeOf, planeOf, type Plane } from './plane.ts';

const SIZE = 6;

const coordinate = fc.double({ min: -3, max: 3, noNaN: true });
const place = fc.record({ x: coordinate, y: coordinate });

/** Latent vectors of a known plane: along the second axis of the space by 2, along the fifth by 1, noise of 0.1 besides. */
const known = fc
  .array(
    fc.tuple(
      coordinate,
      coordinate,
      fc.array(fc.double({ min: -0.1, max: 0.1, noNaN: true }), { minLength: SIZE, maxLength: SIZE }),
    ),
    {
      minLength: 12,
      maxLength: 40,
    },
  )
  .map((rows) =>
    rows.map(([u, v, noise]) => noise.map((value, j) => value + 7 + (j === 1 ? 2 * u : 0) + (j === 4 ? v : 0))),
  )
  .filter((rows) => spread(rows, 1) > 3 * spread(rows, 4) && spread(rows, 4) > 3);

function spread(rows: readonly (readonly number[])[], axis: number): number {
  const values = rows.map((row) => row[axis] as number);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 4;
}

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, j) => sum + value * (b[j] as number), 0);
}

describe('planeOf', () => {
  test('finds the two directions in which vectors differ most, the greater first', () => {
    fc.assert(
      fc.property(known, (rows) => {
        const { right, down } = planeOf(Float32Array.from(rows.flat()), SIZE);
        expect(Math.abs(right[1] as number) / Math.sqrt(dot(right, right))).toBeGreaterThan(0.9);
        expect(Math.abs(down[4] as number) / Math.sqrt(dot(down, down))).toBeGreaterThan(0.9);
      }),
      { numRuns: 30 },
    );
  });

  test('its axes are at right angles, and the vectors have unit variance along each', () => {
    fc.assert(
      fc.property(known, (rows) => {
        const plane = planeOf(Float32Array.from(rows.flat()), SIZE);
        expect(dot(plane.right, plane.down)).toBeCloseTo(0, 3);
        const places = rows.map((row) => placeOf(plane, Float32Array.from(row)));
        for (const axis of ['x', 'y'] as const) {
          const values = places.map((found) => found[axis]);
          const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
          expect(mean).toBeCloseTo(0, 3);
          expect(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length).toBeCloseTo(1, 2);
        }
      }),
      { numRuns: 30 },
    );
  });

  test('is the same whatever the order of the vectors', () => {
    fc.assert(
      fc.property(known, (rows) => {
        const once = planeOf(Float32Array.from(rows.flat()), SIZE);
        const again = planeOf(Float32Array.from(rows.toReversed().flat()), SIZE);
        for (const axis of ['middle', 'right', 'down'] as const) {
          for (const [j, value] of once[axis].entries()) expect(again[axis][j]).toBeCloseTo(value, 2);
        }
      }),
      { numRuns: 30 },
    );
  });
});

const plane: Plane = {
  middle: Float32Array.of(1, 0.5, 0, 2),
  right: Float32Array.of(0, 2, 0, 0),
  down: Float32Array.of(0.5, 0, 0.5, 0),
};

test('a place leads to a latent vector and back', () => {
  fc.assert(
    fc.property(place, (at) => {
      const back = placeOf(plane, latentOf(plane, at));
      expect(back.x).toBeCloseTo(at.x, 4);
      expect(back.y).toBeCloseTo(at.y, 4);
    }),
  );
});

const step = fc.integer({ min: -reachOf(FINEST), max: reachOf(FINEST) });
const square = fc.record({ column: step, row: step });

test('a path begins and ends at its squares, and never leaves the space the two span', () => {
  fc.assert(
    fc.property(square, square, (from, to) => {
      const ends = [from, to].map((end) => latentOf(plane, placeOfSquare(end))) as [Float32Array, Float32Array];
      const path = greatCircle({ plane, from, to }, 5);
      // The length of a vector on the way is between those of the ends.
      const lengths = ends.map((end) => Math.hypot(...end));
      for (const latent of path) {
        expect(Math.hypot(...latent)).toBeGreaterThan(Math.min(...lengths) - 1e-2);
        expect(Math.hypot(...latent)).toBeLessThan(Math.max(...lengths) + 1e-2);
      }
      for (const [i, end] of [path[0], path[4]].entries()) {
        for (const [j, value] of (end ?? []).entries()) expect(value).toBeCloseTo(ends[i]?.[j] ?? Number.NaN, 2);
      }
    }),
  );
});
