import { slerp } from '@sketch-rnn/core';

/** Latent vectors at the corners of the square: top left, top right, bottom left, bottom right. */
export type Corners = readonly [nw: Float32Array, ne: Float32Array, sw: Float32Array, se: Float32Array];

/** The number of a corner, in the order of `Corners`. */
export type Corner = 0 | 1 | 2 | 3;

/** A place in the square, each 0 to 1: to the right and down. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** A drawing between the corners, not yet decoded. */
export interface Between {
  readonly z: Float32Array;
  /** The corner whose class it is drawn as: the nearest. */
  readonly corner: Corner;
}

/** What lies at a place: along great circles, first from left to right, then from top to bottom. */
export function betweenAt([nw, ne, sw, se]: Corners, { x, y }: Place): Between {
  return { z: slerp(slerp(nw, ne, x), slerp(sw, se, x), y), corner: nearestCorner({ x, y }) };
}

/** The corner next to a place. */
export function nearestCorner({ x, y }: Place): Corner {
  if (y < 0.5) return x < 0.5 ? 0 : 1;
  return x < 0.5 ? 2 : 3;
}

/** From corner to corner, on great circles straight between them. */
export type Way = readonly [Corner, Corner, ...Corner[]];

/**
 * What lies along a way, as far from each other as can be, both ends included.
 *
 * @param count 2 at least
 */
export function betweenAlong(corners: Corners, way: Way, count: number): Between[] {
  const legs = way.length - 1;
  return Array.from({ length: count }, (_, i) => {
    const gone = (i * legs) / (count - 1);
    const leg = Math.min(legs - 1, Math.floor(gone));
    const [from, to] = [way[leg] as Corner, way[leg + 1] as Corner];
    const share = gone - leg;
    return { z: slerp(corners[from], corners[to], share), corner: share < 0.5 ? from : to };
  });
}

/** Places of `n` x `n` sketches all over the square, row after row, corners included. */
export function gridPlaces(n: number): Place[] {
  return Array.from({ length: n * n }, (_, i) => ({ x: (i % n) / (n - 1), y: Math.floor(i / n) / (n - 1) }));
}

/** Where a wanderer is after some seconds: a curve that comes by every corner and never the same way twice in a while. */
export function wander(seconds: number): Place {
  return { x: 0.5 - 0.5 * Math.cos(0.41 * seconds), y: 0.5 - 0.5 * Math.cos(0.29 * seconds) };
}
