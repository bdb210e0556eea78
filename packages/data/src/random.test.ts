import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bits, fold, keyOf, normals, permutation, stream, threefry, uniforms } from './random.ts';

describe('threefry', () => {
  // Known answers of the Random123 distribution (kat_vectors, threefry2x32 with 20 rounds).
  test.for([
    { key: [0, 0], counter: [0, 0], expected: [0x6b200159, 0x99ba4efe] },
    { key: [0xffffffff, 0xffffffff], counter: [0xffffffff, 0xffffffff], expected: [0x1cb996fc, 0xbb002be7] },
    { key: [0x13198a2e, 0x03707344], counter: [0x243f6a88, 0x85a308d3], expected: [0xc4923a9c, 0x483df7a0] },
  ] as const)('gives the known answer for key $key', ({ key, counter, expected }) => {
    const out = new Uint32Array(2);
    threefry(key, counter[0], counter[1], out, 0);
    expect([...out]).toEqual(expected);
  });
});

describe('draws', () => {
  test('are the same for the same key, and others for another', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.maxSafeNat(), (seed, use) => {
        const key = fold(keyOf(seed), use);
        expect(bits(key, 5)).toEqual(bits(key, 5));
        expect(bits(key, 5)).not.toEqual(bits(fold(keyOf(seed), use + 1), 5));
      }),
    );
  });

  test('do not depend on how many are asked for', () => {
    expect(uniforms(keyOf(3), 4)).toEqual(uniforms(keyOf(3), 9).subarray(0, 4));
    expect(normals(keyOf(3), 5)).toEqual(normals(keyOf(3), 12).subarray(0, 5));
  });

  test('one by one are the draws of the whole', () => {
    const next = stream(keyOf(9));
    const words = bits(keyOf(9), 7);
    expect(Array.from({ length: 7 }, () => next() * 2 ** 32)).toEqual([...words]);
  });

  test('have the moments of their distributions', () => {
    const count = 200_000;
    const moments = (values: Float32Array): number[] =>
      [1, 2, 3, 4].map((power) => values.reduce((sum, x) => sum + x ** power, 0) / count);
    // Five standard errors of each moment.
    const [u1, u2] = moments(uniforms(keyOf(1), count)) as [number, number];
    expect(Math.abs(u1 - 1 / 2)).toBeLessThan(5 * Math.sqrt(1 / 12 / count));
    expect(Math.abs(u2 - 1 / 3)).toBeLessThan(5 * Math.sqrt(4 / 45 / count));
    const [n1, n2, n3, n4] = moments(normals(keyOf(2), count)) as [number, number, number, number];
    expect(Math.abs(n1)).toBeLessThan(5 * Math.sqrt(1 / count));
    expect(Math.abs(n2 - 1)).toBeLessThan(5 * Math.sqrt(2 / count));
    expect(Math.abs(n3)).toBeLessThan(5 * Math.sqrt(15 / count));
    expect(Math.abs(n4 - 3)).toBeLessThan(5 * Math.sqrt(96 / count));
  });

  test('a permutation holds each number once', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 0, max: 300 }), (seed, count) => {
        const order = [...permutation(keyOf(seed), count)];
        expect(order.toSorted((a, b) => a - b)).toEqual([...Array(count).keys()]);
      }),
    );
  });

  test('every order of three is as likely', () => {
    const seen = new Map<string, number>();
    for (let seed = 0; seed < 6000; seed++) {
      const order = permutation(keyOf(seed), 3).join('');
      seen.set(order, (seen.get(order) ?? 0) + 1);
    }
    expect(seen.size).toBe(6);
    for (const count of seen.values())
      expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt(6000 * (1 / 6) * (5 / 6)));
  });
});
