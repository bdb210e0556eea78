import { keyOf, normals } from '@sketch-rnn/data';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { estimate, median } from './interval.ts';

describe('an estimate', () => {
  test('of differences that are all 0 is 0, and so is its interval', () => {
    expect(estimate([0, 0, 0, 0])).toEqual({ value: 0, interval: [0, 0], drawings: 4 });
  });

  test('of a ratio that all drawings share is that ratio, without doubt', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 2, maxLength: 9 }), (points) => {
        const { value, interval } = estimate(
          points.map((each) => 3 * each),
          points,
        );
        expect(value).toBe(3);
        expect(interval).toEqual([3, 3]);
      }),
    );
  });

  test('is a sum over a sum: long drawings weigh more', () => {
    expect(estimate([10, 300], [10, 100]).value).toBeCloseTo(310 / 110, 12);
  });

  test('of many normal values has the interval that theory gives, mean +- 1.96 / sqrt(n)', () => {
    const values = Array.from(normals(keyOf(7), 400));
    const mean = values.reduce((sum, each) => sum + each, 0) / 400;
    const [low = NaN, high = NaN] = estimate(values).interval ?? [];
    expect(low).toBeCloseTo(mean - 1.96 / 20, 1.7);
    expect(high).toBeCloseTo(mean + 1.96 / 20, 1.7);
  });

  test('of one drawing has no interval', () => {
    expect(estimate([2], [4])).toEqual({ value: 0.5, drawings: 1 });
  });

  test('is the same again', () => {
    expect(estimate([1, 5, 2])).toEqual(estimate([1, 5, 2]));
  });
});

test('the median is in the middle, or just below it', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([9, 1, 5, 7])).toBe(5);
});
