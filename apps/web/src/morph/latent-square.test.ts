import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Corners, gridPlaces, latentAt, nearestCorner, wander } from './latent-square.ts';

const vector = fc
  .array(fc.float({ min: -3, max: 3, noNaN: true }), { minLength: 4, maxLength: 4 })
  .map((values) => Float32Array.from(values));
const corners: fc.Arbitrary<Corners> = fc.tuple(vector, vector, vector, vector);
const share = fc.double({ min: 0, max: 1, noNaN: true });

/** Core's slerp takes vectors within 1e-4 of parallel or opposite for such; of length 6 that is 6e-4. */
function expectClose(found: Float32Array, expected: Float32Array): void {
  for (const [i, value] of expected.entries()) expect(Math.abs((found[i] ?? Number.NaN) - value)).toBeLessThan(1e-3);
}

describe('latentAt', () => {
  test('is the corner at each corner', () => {
    fc.assert(
      fc.property(corners, (four) => {
        for (const [i, place] of gridPlaces(2).entries()) expectClose(latentAt(four, place), four[i] as Float32Array);
      }),
    );
  });

  test('where all corners are one, so is every place', () => {
    fc.assert(
      fc.property(vector, share, share, (z, x, y) => {
        expectClose(latentAt([z, z, z, z], { x, y }), z);
      }),
    );
  });

  test('keeps the length where all corners have the same', () => {
    fc.assert(
      fc.property(corners, share, share, (four, x, y) => {
        fc.pre(four.every((z) => Math.hypot(...z) > 0.1));
        const unit = four.map((z) => z.map((value) => value / Math.hypot(...z))) as unknown as Corners;
        expect(Math.hypot(...latentAt(unit, { x, y }))).toBeCloseTo(1, 2);
      }),
    );
  });
});

test('the nearest corner of each corner is itself', () => {
  expect(gridPlaces(2).map(nearestCorner)).toEqual([0, 1, 2, 3]);
});

test('a wanderer stays in the square and starts at its corner', () => {
  expect(wander(0)).toEqual({ x: 0, y: 0 });
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e5, noNaN: true }), (seconds) => {
      const { x, y } = wander(seconds);
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
      expect(Math.max(x, y)).toBeLessThanOrEqual(1);
    }),
  );
});
