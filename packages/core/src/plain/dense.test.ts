import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { worst } from '../../../../test/closeness.ts';
import { dense, product } from './dense.ts';

const numbers = (length: number): fc.Arbitrary<number[]> =>
  fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: length, maxLength: length });

/** x `[rows]`, W `[rows, columns]`, b `[columns]`; some rows are not a multiple of four. */
const layers = fc
  .tuple(fc.integer({ min: 1, max: 11 }), fc.integer({ min: 1, max: 7 }))
  .chain(([rows, columns]) => fc.tuple(numbers(rows), numbers(rows * columns), numbers(columns)));

describe('x W + b', () => {
  test('is the sum over rows of each column', () => {
    fc.assert(
      fc.property(layers, ([x, weights, bias]) => {
        const expected = bias.map((b, column) =>
          x.reduce((sum, value, row) => sum + value * (weights[row * bias.length + column] as number), b),
        );
        const layer = { weights: Float64Array.from(weights), bias: Float64Array.from(bias) };
        expect(worst(dense(layer, Float64Array.from(x)), expected)).toBeLessThan(1e-12);
      }),
    );
  });

  test('leaves the bias as it was', () => {
    const bias = Float64Array.of(1, 2);
    dense({ weights: Float64Array.of(3, 4), bias }, Float64Array.of(5));
    expect(bias).toEqual(Float64Array.of(1, 2));
  });

  test('has the precision of its weights', () => {
    const third = 1 / 3;
    expect(product(Float64Array.of(1), Float32Array.of(third))).toEqual(Float32Array.of(third));
    expect(product(Float32Array.of(1), Float64Array.of(third))).toEqual(Float64Array.of(third));
  });
});
