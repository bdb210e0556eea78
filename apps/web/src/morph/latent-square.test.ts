import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  betweenAlong,
  betweenAt,
  type Corner,
  type Corners,
  gridPlaces,
  nearestCorner,
  wander,
  type Way,
} from './latent-square.ts';

const vector = fc
  .array(fc.float({ min: -3, max: 3, noNaN: true }), { minLength: 4, maxLength: 4 })
  .map((values) => Float32Array.from(values));
const corners: fc.Arbitrary<Corners> = fc.tuple(vector, vector, vector, vector);
const share = fc.double({ min: 0, max: 1, noNaN: true });

/** Core's slerp takes vectors within 1e-4 of parallel or opposite for such; of length 6 that is 6e-4. */
function expectClose(found: Float32Array, expected: Float32Array): void {
  for (const [i, value] of expected.entries()) expect(Math.abs((found[i] ?? Number.NaN) - value)).toBeLessThan(1e-3);
}

describe('betweenAt', () => {
  test('is the corner at each corner', () => {
    fc.assert(
      fc.property(corners, (four) => {
        for (const [i, place] of gridPlaces(2).entries())
          expectClose(betweenAt(four, place).z, four[i] as Float32Array);
      }),
    );
  });

  test('where all corners are one, so is every place', () => {
    fc.assert(
      fc.property(vector, share, share, (z, x, y) => {
        expectClose(betweenAt([z, z, z, z], { x, y }).z, z);
      }),
    );
  });

  test('keeps the length where all corners have the same', () => {
    fc.assert(
      fc.property(corners, share, share, (four, x, y) => {
        fc.pre(four.every((z) => Math.hypot(...z) > 0.1));
        const unit = four.map((z) => z.map((value) => value / Math.hypot(...z))) as unknown as Corners;
        expect(Math.hypot(...betweenAt(unit, { x, y }).z)).toBeCloseTo(1, 2);
      }),
    );
  });
});

describe('betweenAlong', () => {
  const around: Way = [0, 1, 3, 2, 0];

  test('comes by every corner of its way, as that corner’s class', () => {
    fc.assert(
      fc.property(corners, fc.integer({ min: 1, max: 6 }), (four, steps) => {
        const along = betweenAlong(four, around, 4 * steps + 1);
        for (const [leg, corner] of around.entries()) {
          expectClose(along[leg * steps]?.z as Float32Array, four[corner]);
          expect(along[leg * steps]?.corner).toBe(corner);
        }
      }),
    );
  });

  test('two corners alone decide what lies between them, half of it each', () => {
    fc.assert(
      fc.property(corners, vector, (four, other) => {
        const along = betweenAlong(four, [1, 2], 10);
        expect(betweenAlong([other, four[1], four[2], other], [1, 2], 10)).toEqual(along);
        expect(along.map(({ corner }) => corner)).toEqual([1, 1, 1, 1, 1, 2, 2, 2, 2, 2] satisfies Corner[]);
      }),
    );
  });

  test('steps are as long as each other where the corners are of one length', () => {
    const unit = [0, 1, 2, 3].map((i) => Float32Array.from({ length: 4 }, (_, k) => Number(i === k)));
    const along = betweenAlong(unit as unknown as Corners, [0, 3], 7);
    const steps = along
      .slice(1)
      .map(({ z }, i) => Math.hypot(...z.map((value, k) => value - (along[i]?.z[k] as number))));
    for (const step of steps) expect(step).toBeCloseTo(steps[0] as number, 5);
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
