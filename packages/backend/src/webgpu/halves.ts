import type { Matrix } from '../fused/matrix.ts';

/**
 * Numbers of half precision (IEEE 754-2019 binary16), two in a word, for matrices that are only read.
 *
 * Core WGSL unpacks them to float32, so that no adapter needs a feature for it: `shader-f16` would be for arithmetic in halves. Their
 * words have a buffer of their own: among float32 numbers some would be NaN, whose bits a GPU need not keep.
 *
 * They stand there times 1024. A GPU may take subnormal halves for zero, and a trained matrix has some: weights under 6.1e-5. Times
 * 1024 every half under 64 is a normal one, and no bit is lost.
 */
const SCALE = 1024;

/** Bits of the smallest half, 2^-24, and of 64 as float32. */
const SMALLEST = 0x33800000;
const LIMIT = 0x42800000;

/** Bits of a float32's fraction that a half has not. */
const DROPPED_BITS = 13;

/** From a float32's exponent field to that of the half times 1024, where it stands in the half: biases are 127 and 15. */
const REBIAS = (127 - 15 - Math.log2(SCALE)) << 10;

/** Whether all these numbers can be packed with no bit lost: every half under 64 can, and what else has their 11 bits. */
export function areHalves(values: Float32Array): boolean {
  return bitsOf(values).every((bits) => {
    const magnitude = bits & 0x7fffffff;
    const within = magnitude >= SMALLEST && magnitude < LIMIT && magnitude % (1 << DROPPED_BITS) === 0;
    return within || magnitude === 0;
  });
}

/** Words of two halves, the first in the lower bits, from numbers that `areHalves` took. */
export function packHalves(values: Float32Array): Uint32Array {
  const words = new Uint32Array(Math.ceil(values.length / 2));
  for (const [i, bits] of bitsOf(values).entries()) {
    const magnitude = bits & 0x7fffffff;
    const half = ((bits >>> 16) & 0x8000) | (magnitude === 0 ? 0 : (magnitude >>> DROPPED_BITS) - REBIAS);
    words[i >>> 1] = (words[i >>> 1] as number) | (half << (16 * (i % 2)));
  }
  return words;
}

function bitsOf({ buffer, byteOffset, length }: Float32Array): Uint32Array {
  return new Uint32Array(buffer, byteOffset, length);
}

/** WGSL's `halfAt`. A product, as WGSL's quotients may be wrong in the last bit. */
export const halfAt = /* wgsl */ `
fn halfAt(place: u32) -> f32 { return unpack2x16float(halves[place / 2u])[place % 2u] * ${1 / SCALE}; }
`;

export type Precision = 'single' | 'half';

/** WGSL of the number at a place that `at` gives, in a matrix of this precision. */
export function numberAt(precision: Precision, place: string): string {
  return precision === 'half' ? `halfAt(${place})` : `memory[${place}]`;
}

/** What is made for both precisions, by the matrix that it is to read. */
export function byPrecision<Made>(make: (precision: Precision) => Made): (matrix: Matrix) => Made {
  const [single, half] = [make('single'), make('half')];
  return (matrix) => (matrix.half ? half : single);
}
