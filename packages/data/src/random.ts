/**
 * Threefry-2x32 with 20 rounds (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3", section 4.3).
 *
 * Counter-based: a key and a counter give the bits, so any draw of any step can be made again without the draws before it.
 * A `Key` is explicit everywhere; there is no global generator.
 */
export type Key = readonly [number, number];

const PARITY = 0x1bd11bda;

/**
 * One block: 64 bits of randomness for a key and a 64-bit counter, written to `out[at]` and `out[at + 1]`.
 *
 * Written out round by round: dropout draws millions of bits a step.
 */
// eslint-disable-next-line max-params -- called millions of times a step: an object each would cost more than the rounds
export function threefry(key: Key, counter0: number, counter1: number, out: Uint32Array, at: number): void {
  const k0 = key[0] | 0;
  const k1 = key[1] | 0;
  const k2 = k0 ^ k1 ^ PARITY;
  let x0 = (counter0 + k0) | 0;
  let x1 = (counter1 + k1) | 0;
  // prettier-ignore
  {
    x0 = (x0 + x1) | 0; x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0;
    x0 = (x0 + x1) | 0; x1 = ((x1 << 15) | (x1 >>> 17)) ^ x0;
    x0 = (x0 + x1) | 0; x1 = ((x1 << 26) | (x1 >>> 6)) ^ x0;
    x0 = (x0 + x1) | 0; x1 = ((x1 << 6) | (x1 >>> 26)) ^ x0;
    x0 = (x0 + k1) | 0; x1 = (x1 + k2 + 1) | 0;
    x0 = (x0 + x1) | 0; x1 = ((x1 << 17) | (x1 >>> 15)) ^ x0;
    x0 = (x0 + x1) | 0; x1 = ((x1 << 29) | (x1 >>> 3)) ^ x0;
    x0 = (x0 + x1) | 0; x1 = ((x1 << 16) | (x1 >>> 16)) ^ x0;
    x0 = (x0 + x1) | 0; x1 = ((x1 << 24) | (x1 >>> 8)) ^ x0;
    x0 = (x0 + k2) | 0; x1 = (x1 + k0 + 2) | 0;
    x0 = (x0 + x1) | 0; x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0;
    x0 = (x0 + x1) | 0; x1 = ((x1 << 15) | (x1 >>> 17)) ^ x0;
    x0 = (x0 + x1) | 0; x1 = ((x1 << 26) | (x1 >>> 6)) ^ x0;
    x0 = (x0 + x1) | 0; x1 = ((x1 << 6) | (x1 >>> 26)) ^ x0;
    x0 = (x0 + k0) | 0; x1 = (x1 + k1 + 3) | 0;
    x0 = (x0 + x1) | 0; x1 = ((x1 << 17) | (x1 >>> 15)) ^ x0;
    x0 = (x0 + x1) | 0; x1 = ((x1 << 29) | (x1 >>> 3)) ^ x0;
    x0 = (x0 + x1) | 0; x1 = ((x1 << 16) | (x1 >>> 16)) ^ x0;
    x0 = (x0 + x1) | 0; x1 = ((x1 << 24) | (x1 >>> 8)) ^ x0;
    x0 = (x0 + k1) | 0; x1 = (x1 + k2 + 4) | 0;
    x0 = (x0 + x1) | 0; x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0;
    x0 = (x0 + x1) | 0; x1 = ((x1 << 15) | (x1 >>> 17)) ^ x0;
    x0 = (x0 + x1) | 0; x1 = ((x1 << 26) | (x1 >>> 6)) ^ x0;
    x0 = (x0 + x1) | 0; x1 = ((x1 << 6) | (x1 >>> 26)) ^ x0;
    x0 = (x0 + k2) | 0; x1 = (x1 + k0 + 5) | 0;
  }
  out[at] = x0;
  out[at + 1] = x1;
}

/** A key from a seed, any safe integer. */
export function keyOf(seed: number): Key {
  return [Math.floor(seed / 2 ** 32) >>> 0, seed >>> 0];
}

/** A key of its own for the `n`-th use of `key`, `n` a safe integer at least 0. */
export function fold(key: Key, n: number): Key {
  const out = new Uint32Array(2);
  // The top bit keeps derived keys apart from the bits drawn under the same key.
  threefry(key, n >>> 0, (Math.floor(n / 2 ** 32) | 0x80000000) >>> 0, out, 0);
  return [out[0] as number, out[1] as number];
}

/** `count` words of 32 random bits. */
export function bits(key: Key, count: number): Uint32Array {
  const out = new Uint32Array(count + (count & 1));
  for (let i = 0; i < count; i += 2) threefry(key, i / 2, 0, out, i);
  return out.subarray(0, count);
}

/** `count` uniforms in [0, 1), each of 24 bits, exact in float32. */
export function uniforms(key: Key, count: number): Float32Array {
  const words = bits(key, count);
  return Float32Array.from(words, (word) => (word >>> 8) / 2 ** 24);
}

/** `count` standard normals (Box & Muller 1958), the largest about 5.8. */
export function normals(key: Key, count: number): Float32Array {
  const words = bits(key, count + (count & 1));
  const out = new Float32Array(count);
  for (let i = 0; i < count; i += 2) {
    // (word + 1/2) / 2^32 lies inside (0, 1): the logarithm is finite.
    const radius = Math.sqrt(-2 * Math.log(((words[i] as number) + 0.5) / 2 ** 32));
    const angle = (2 * Math.PI * (words[i + 1] as number)) / 2 ** 32;
    out[i] = radius * Math.cos(angle);
    if (i + 1 < count) out[i + 1] = radius * Math.sin(angle);
  }
  return out;
}

/** Uniforms in [0, 1) one after the other, for code that cannot say beforehand how many it wants. */
export function stream(key: Key): () => number {
  const pair = new Uint32Array(2);
  let drawn = 0;
  return () => {
    if ((drawn & 1) === 0) threefry(key, drawn / 2, 0, pair, 0);
    return (pair[drawn++ & 1] as number) / 2 ** 32;
  };
}

/** A random order of 0..count-1 (Fisher & Yates). */
export function permutation(key: Key, count: number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  const next = stream(key);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [order[i], order[j]] = [order[j] as number, order[i] as number];
  }
  return order;
}
