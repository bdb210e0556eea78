import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { worst } from '../../../../test/closeness.ts';
import { normalise } from './normalise.ts';

const values = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 2, maxLength: 9 });

/** Normalised values, gamma 1 and beta 0. */
function normalised(of: readonly number[], groups = 1): Float64Array {
  const out = Float64Array.from(of);
  normalise(out, { gamma: new Float64Array(of.length).fill(1), beta: new Float64Array(of.length) }, groups);
  return out;
}

const mean = (of: ArrayLike<number>): number => Array.from(of).reduce((sum, value) => sum + value, 0) / of.length;

describe('layer normalisation', () => {
  test('leaves mean 0 and variance v / (v + 1e-3)', () => {
    fc.assert(
      fc.property(values, (of) => {
        const before = mean(of.map((value) => (value - mean(of)) ** 2));
        const after = normalised(of);
        expect(mean(after)).toBeCloseTo(0, 9);
        expect(mean(after.map((value) => value ** 2))).toBeCloseTo(before / (before + 1e-3), 9);
      }),
    );
  });

  test('does not see a shift of all values', () => {
    fc.assert(
      fc.property(values, fc.double({ min: -10, max: 10, noNaN: true }), (of, shift) => {
        expect(worst(normalised(of.map((value) => value + shift)), normalised(of))).toBeLessThan(1e-9);
      }),
    );
  });

  test('turns round with the sign of the values', () => {
    fc.assert(
      fc.property(values, (of) => {
        expect(
          worst(
            normalised(of.map((value) => -value)),
            normalised(of).map((value) => -value),
          ),
        ).toBeLessThan(1e-9);
      }),
    );
  });

  test('takes each group on its own', () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        const n = Math.min(a.length, b.length);
        const [first, second] = [a.slice(0, n), b.slice(0, n)];
        expect(worst(normalised([...first, ...second], 2), [...normalised(first), ...normalised(second)])).toBe(0);
      }),
    );
  });

  test('scales by gamma, then shifts by beta, unit by unit', () => {
    const of = Float64Array.of(1, 2, 4);
    const plain = normalised([...of]);
    normalise(of, { gamma: Float64Array.of(2, 3, -1), beta: Float64Array.of(0.5, 0, 7) });
    const [a = NaN, b = NaN, c = NaN] = plain;
    expect(worst(of, [2 * a + 0.5, 3 * b, -c + 7])).toBeLessThan(1e-12);
  });
});
