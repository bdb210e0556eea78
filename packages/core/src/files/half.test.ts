import { describe, expect, test } from 'vitest';
import { bfloatToFloat, floatToHalf, halfToFloat } from './half.ts';

const view = new DataView(new ArrayBuffer(4));

function floatOf(bits: number): number {
  view.setUint32(0, bits);
  return view.getFloat32(0);
}

/** The float32 next to a positive one. */
function beside(value: number, step: 1 | -1): number {
  view.setFloat32(0, value);
  return floatOf(view.getUint32(0) + step);
}

/** Which of the first `count` bit patterns do not keep a law; all are tried. */
function exceptions(count: number, law: (bits: number) => boolean): number[] {
  return Array.from({ length: count }, (_, bits) => bits).filter((bits) => !law(bits));
}

describe('half precision', () => {
  test('every half has the value its bits have as a float32, 2^112 smaller', () => {
    const law = (bits: number): boolean => {
      const expected = floatOf(bits << 13) * 2 ** 112;
      return halfToFloat(bits) === expected && Object.is(halfToFloat(bits | 0x8000), -expected);
    };
    expect(exceptions(0x7c00, law)).toEqual([]);
    expect(halfToFloat(0x7c00)).toBe(Infinity);
    expect(halfToFloat(0xfc00)).toBe(-Infinity);
    expect(exceptions(0x3ff, (bits) => Number.isNaN(halfToFloat(0x7c01 + bits)))).toEqual([]);
  });

  test('every half comes back from its value', () => {
    const law = (bits: number): boolean => {
      const value = halfToFloat(bits);
      return Number.isNaN(value) ? (floatToHalf(value) & 0x7fff) > 0x7c00 : floatToHalf(value) === bits;
    };
    expect(exceptions(0x10000, law)).toEqual([]);
  });

  test('between two halves the nearer is taken, at the middle the even one', () => {
    const law = (below: number): boolean => {
      // Past the largest half comes what would be the next, 65536; from the middle on it is infinity.
      const above = below === 0x7bff ? 65536 : halfToFloat(below + 1);
      const middle = (halfToFloat(below) + above) / 2;
      return (
        floatToHalf(middle) === (below & 1 ? below + 1 : below) &&
        floatToHalf(beside(middle, -1)) === below &&
        floatToHalf(beside(middle, 1)) === below + 1 &&
        floatToHalf(-beside(middle, 1)) === (0x8000 | (below + 1))
      );
    };
    expect(exceptions(0x7c00, law)).toEqual([]);
  });

  test('numbers beyond the largest half are infinite', () => {
    expect(floatToHalf(1e30)).toBe(0x7c00);
    expect(floatToHalf(-Infinity)).toBe(0xfc00);
  });
});

test('a bfloat16 is the upper half of a float32', () => {
  expect(exceptions(0x10000, (bits) => Object.is(bfloatToFloat(bits), floatOf((bits << 16) >>> 0)))).toEqual([]);
});
