/** Ways through the latent space, made of great circles. */
import { slerp } from '@sketch-rnn/core';

/** `n` latent vectors from `from` to `to`, both included; `n` at least 2. */
export function strip(from: Float32Array, to: Float32Array, n: number): Float32Array[] {
  return Array.from({ length: n }, (_, i) => slerp(from, to, i / (n - 1)));
}

/** Latent vectors at the corners of a square. */
export interface Corners {
  readonly topLeft: Float32Array;
  readonly topRight: Float32Array;
  readonly bottomLeft: Float32Array;
  readonly bottomRight: Float32Array;
}

/** `n` x `n` latent vectors, row after row: each row goes between the left and the right edge. */
export function square({ topLeft, topRight, bottomLeft, bottomRight }: Corners, n: number): Float32Array[] {
  const left = strip(topLeft, bottomLeft, n);
  const right = strip(topRight, bottomRight, n);
  return left.flatMap((from, row) => strip(from, right[row] as Float32Array, n));
}
