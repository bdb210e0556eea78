import { slerp } from '@sketch-rnn/core';
import { placeOfSquare, type Square } from './landscape.ts';
import { latentOf, type Plane } from './plane.ts';

/** Two squares of a plane. */
export interface Ends {
  readonly plane: Plane;
  readonly from: Square;
  readonly to: Square;
}

/** `count` latent vectors from one square to another along a great circle, both ends among them. */
export function greatCircle({ plane, from, to }: Ends, count: number): Float32Array[] {
  const [start, end] = [latentOf(plane, placeOfSquare(from)), latentOf(plane, placeOfSquare(to))];
  return Array.from({ length: count }, (_, i) => slerp(start, end, i / (count - 1)));
}
