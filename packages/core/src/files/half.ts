/**
 * Half precision, IEEE 754-2019 binary16: 1 sign, 5 exponent and 10 fraction bits. Typed arrays have no such type before
 * Node 24.
 */
const float = new Float32Array(1);
const word = new Uint32Array(float.buffer);

/** The number the 16 bits of a half stand for. */
export function halfToFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The 16 bits nearest to a float32, ties to even; from 65,520 on they are those of infinity. */
export function floatToHalf(value: number): number {
  float[0] = value;
  const rounded = float[0];
  const bits = word[0] as number;
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00;
  if (magnitude >= 0x477ff000) return sign | 0x7c00;
  // Below 2^-14 halves are multiples of 2^-24, and 1.5 x 2^-1 has its last bit there: the addition itself rounds.
  if (magnitude < 0x38800000) {
    float[0] = Math.abs(rounded) + 0.5;
    return sign | ((word[0] as number) - 0x3f000000);
  }
  // 13 bits go: add half of their unit, less one bit where the last bit kept is even, and let the carry run.
  const odd = (magnitude >>> 13) & 1;
  return sign | ((magnitude - 0x38000000 + 0xfff + odd) >>> 13);
}

/** The number the 16 bits of a bfloat16, the upper half of a float32, stand for. */
export function bfloatToFloat(bits: number): number {
  word[0] = bits << 16;
  return float[0] as number;
}
