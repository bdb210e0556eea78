import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compare, median } from './compare.ts';

const speeds = fc.array(fc.double({ min: 1, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 9 });

describe('a comparison', () => {
  test('holds each round against that of its turn: a machine that slows down for both changes nothing', () => {
    const load = [1, 0.2, 0.9, 0.5];
    const ours = load.map((free) => 300 * free);
    const peers = load.map((free) => 200 * free);
    const { ratio, ratios } = compare('peer', ours, peers);
    for (const each of [ratio, ...ratios]) expect(each).toBeCloseTo(1.5, 12);
  });

  test('does not mind one round that went wrong', () => {
    expect(compare('peer', [20, 20, 1], [10, 10, 10]).ratio).toBe(2);
  });
});

test('the median has as many values below as above, whatever their order', () => {
  fc.assert(
    fc.property(speeds, (values) => {
      const middle = median(values);
      const below = values.filter((value) => value < middle).length;
      const above = values.filter((value) => value > middle).length;
      expect(below).toBeLessThanOrEqual(values.length / 2);
      expect(above).toBeLessThanOrEqual(values.length / 2);
      // As a mirror shows it.
      expect(median(values.map((value) => -value).toReversed())).toBeCloseTo(-middle, 6);
    }),
  );
});
