import { slerp } from '@sketch-rnn/core';

/** Latent vectors at the corners of the square: top left, top right, bottom left, bottom right. */
export type Corners = readonly [nw: Float32Array, ne: Float32Array, sw: Float32Array, se: Float32Array];

/** A place in the square, each 0 to 1: to the right and down. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** The latent vector of a place: along great circles, first from left to right, then from top to bottom. */
export function latentAt([nw, ne, sw, se]: Corners, { x, y }: Place): Float32Array {
  return slerp(slerp(nw, ne, x), slerp(sw, se, x), y);
}

/** The corner whose class a place is drawn as: the nearest. */
export function nearestCorner({ x, y }: Place): 0 | 1 | 2 | 3 {
  if (y < 0.5) return x < 0.5 ? 0 : 1;
  return x < 0.5 ? 2 : 3;
}

/** Places of `n` x `n` sketches all over the square, row after row, corners included. */
export function gridPlaces(n: number): Place[] {
  return Array.from({ length: n * n }, (_, i) => ({ x: (i % n) / (n - 1), y: Math.floor(i / n) / (n - 1) }));
}

/** Where a wanderer is after some seconds: a curve that comes by every corner and never the same way twice in a while. */
export function wander(seconds: number): Place {
  return { x: 0.5 - 0.5 * Math.cos(0.41 * seconds), y: 0.5 - 0.5 * Math.cos(0.29 * seconds) };
}
