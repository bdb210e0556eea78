import type { Point, Stroke } from '@sketch-rnn/data';
import { isClosed } from './order.ts';

/** Points on each side of one that is put into their middle: a skeleton goes in steps of a pixel. */
const NEIGHBOURS = 2;

/** Evens out the steps of a skeleton: each point the mean of its neighbours, fewer towards the ends, which stay. */
export function smooth(stroke: Stroke): Stroke {
  const last = stroke.length - 1;
  const closed = last > 2 * NEIGHBOURS && isClosed(stroke);
  const points = stroke.map((_, i): Point => {
    const reach = closed ? NEIGHBOURS : Math.min(NEIGHBOURS, i, last - i);
    let [x, y] = [0, 0];
    for (let j = i - reach; j <= i + reach; j++) {
      // First and last are one point of a closed stroke.
      const point = stroke[closed ? (j + last) % last : j] as Point;
      x += point[0];
      y += point[1];
    }
    return [x / (2 * reach + 1), y / (2 * reach + 1)];
  });
  return closed ? [...points.slice(0, -1), points[0] as Point] : points;
}
