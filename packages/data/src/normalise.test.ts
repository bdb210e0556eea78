import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { worst } from '../../../test/closeness.ts';
import { hasShared, shared } from '../../../test/shared.ts';
import { gather } from './dataset.ts';
import { readDrawings } from './node/read.ts';
import { clampOffsets, scaleFactorOf, scaleOffsets } from './normalise.ts';
import { keyOf, normals } from './random.ts';

const offset = fc.float({ min: -2000, max: 2000, noNaN: true });
const row = fc.tuple(offset, offset, fc.constantFrom(0, 1));
const stroke3s = fc.array(row, { minLength: 1, maxLength: 20 }).map((rows) => Float32Array.from(rows.flat()));

function offsetsOf(stroke3: Float32Array): number[] {
  return [...stroke3].filter((_, i) => i % 3 !== 2);
}

function liftsOf(stroke3: Float32Array): number[] {
  return [...stroke3].filter((_, i) => i % 3 === 2);
}

/** By the definition: the root of the mean squared distance to the mean, summed in two passes. */
function deviationOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

describe('the scale factor', () => {
  test('is the standard deviation of all offsets, x and y together', () => {
    fc.assert(
      fc.property(fc.array(stroke3s, { minLength: 1, maxLength: 6 }), (sketches) => {
        const expected = deviationOf(sketches.flatMap(offsetsOf)) || 1;
        expect(Math.abs(scaleFactorOf(sketches) / expected - 1)).toBeLessThan(1e-6);
      }),
    );
  });

  test('is not lost in rounding where offsets lie close together and far from 0', () => {
    const noise = normals(keyOf(1), 3000);
    const far = noise.map((value, i) => (i % 3 === 2 ? 0 : 1000 + 0.01 * value));
    expect(Math.abs(scaleFactorOf([far]) / deviationOf(offsetsOf(far)) - 1)).toBeLessThan(1e-6);
  });

  test('is 1 where all offsets are alike and where there are none', () => {
    for (const value of [0, 7, 0.1, -1 / 3]) {
      expect(scaleFactorOf([new Float32Array(300).map((_, i) => (i % 3 === 2 ? 1 : value))])).toBe(1);
    }
    expect(scaleFactorOf([])).toBe(1);
    expect(scaleFactorOf([new Float32Array(0)])).toBe(1);
  });

  // The data's own description: N_max and numpy's std of all dx and dy of train.
  test.skipIf(!hasShared).for([
    ['face', 119, 30.0571],
    ['aaron_sheep', 250, 18.5198],
    ['omniglot', 157, 53.437],
    ['short_kanji', 88, 99.7125],
    ['kanji.rdp100', 80, 20.0838],
  ] as const)('of the real %s, gathered for training, is what numpy says', async ([name, longest, std]) => {
    const drawings = readDrawings(shared('data/npz', `${name}.npz`));
    const data = await gather([{ fallbackClass: name, drawings }], 250);
    expect(data.longest).toBe(longest);
    expect(scaleFactorOf(data.train.map(({ stroke3 }) => stroke3))).toBeCloseTo(std, 4);
  });
});

describe('scaled offsets', () => {
  const factors = fc.double({ min: 0.01, max: 200, noNaN: true });

  test('come back, but for the rounding of float32', () => {
    fc.assert(
      fc.property(stroke3s, factors, (stroke3, factor) => {
        const back = scaleOffsets(scaleOffsets(stroke3, 1 / factor), factor);
        // Each offset is rounded twice, by half a unit in the last place; 1e-40 for what is too small for that.
        const allowed = (value: number): number => 2 ** -22 * Math.abs(value) + 1e-40;
        expect(back.every((value, i) => Math.abs(value - (stroke3[i] as number)) <= allowed(value))).toBe(true);
        expect(liftsOf(back)).toEqual(liftsOf(stroke3));
      }),
    );
  });

  test('are the offsets times the factor', () => {
    expect(scaleOffsets(Float32Array.of(3, -4, 0, 0.5, 0, 1), 2)).toEqual(Float32Array.of(6, -8, 0, 1, 0, 1));
  });

  test('have the scale factor 1 once divided by it', () => {
    const sketches = [normals(keyOf(2), 300), normals(keyOf(3), 30).map((value) => 90 * value)];
    const factor = scaleFactorOf(sketches);
    expect(scaleFactorOf(sketches.map((stroke3) => scaleOffsets(stroke3, 1 / factor)))).toBeCloseTo(1, 6);
  });
});

describe('clamped offsets', () => {
  test('end at +-1000', () => {
    const wide = Float32Array.of(1500, -1000.5, 0, 1000, -1000, 1, 999.5, -3e38, 1);
    expect(clampOffsets(wide)).toEqual(Float32Array.of(1000, -1000, 0, 1000, -1000, 1, 999.5, -1000, 1));
  });

  test('are the nearest within bounds, lifts as they were', () => {
    fc.assert(
      fc.property(stroke3s, (stroke3) => {
        const clamped = clampOffsets(stroke3);
        // The middle one of three numbers.
        const expected = offsetsOf(stroke3).map((value) => [-1000, value, 1000].toSorted((a, b) => a - b)[1] as number);
        expect(worst(offsetsOf(clamped), expected)).toBe(0);
        expect(liftsOf(clamped)).toEqual(liftsOf(stroke3));
      }),
    );
  });
});
