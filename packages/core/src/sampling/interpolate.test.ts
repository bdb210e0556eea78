import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lerp, slerp } from './interpolate.ts';

const length = (vector: Float32Array): number => Math.hypot(...vector);
const angle = (a: Float32Array, b: Float32Array): number =>
  Math.acos(
    Math.min(1, Math.max(-1, a.reduce((sum, x, i) => sum + x * (b[i] as number), 0) / (length(a) * length(b)))),
  );
const vector = fc
  .array(fc.float({ min: -3, max: 3, noNaN: true }), { minLength: 5, maxLength: 5 })
  .map((values) => Float32Array.from(values));
const long = vector.filter((values) => length(values) > 0.1);
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('slerp', () => {
  test('begins and ends where it should', () => {
    fc.assert(
      fc.property(vector, vector, (from, to) => {
        expect(length(slerp(from, to, 0).map((x, i) => x - (from[i] as number)))).toBeLessThan(1e-4);
        // Between opposite vectors it goes half a turn, and comes to the other one too.
        expect(length(slerp(from, to, 1).map((x, i) => x - (to[i] as number)))).toBeLessThan(1e-3);
      }),
    );
  });

  test('turns evenly, its length going over linearly', () => {
    fc.assert(
      fc.property(long, long, share, (from, to, t) => {
        const between = slerp(from, to, t);
        expect(length(between)).toBeCloseTo(length(from) + (length(to) - length(from)) * t, 3);
        expect(angle(from, between)).toBeCloseTo(t * angle(from, to), 2);
      }),
    );
  });

  test.for([
    ['zero', [0, 0, 0], [1, 2, 3]],
    ['parallel', [1, 2, 3], [2, 4, 6]],
    ['the same', [1, 2, 3], [1, 2, 3]],
    ['both zero', [0, 0, 0], [0, 0, 0]],
  ] as const)('is the straight line where no circle can be chosen: %s', ([, from, to]) => {
    const [a, b] = [Float32Array.from(from), Float32Array.from(to)];
    expect(slerp(a, b, 0.25)).toEqual(lerp(a, b, 0.25));
  });

  test('between opposite vectors passes at a right angle to both, not through the middle', () => {
    const [from, to] = [Float32Array.of(1, 0, 0), Float32Array.of(-1, 0, 0)];
    const half = slerp(from, to, 0.5);
    expect(length(half)).toBeCloseTo(1, 5);
    expect(Math.abs(half[0] as number)).toBeLessThan(1e-6);
  });
});

describe('lerp', () => {
  test('is a weighted mean', () => {
    expect([...lerp(Float32Array.of(0, 4), Float32Array.of(2, 0), 0.25)]).toEqual([0.5, 3]);
  });
});
