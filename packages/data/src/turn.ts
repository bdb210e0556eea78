import type { Stroke3 } from './sketch.ts';

/**
 * A drawing turned about its first point.
 *
 * @param stroke3 `[n, 3]`; not written to
 * @param degrees from the x axis towards the y axis: clockwise where y points down
 */
export function turn(stroke3: Stroke3, degrees: number): Stroke3 {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const turned = stroke3.slice();
  for (let i = 0; i < turned.length; i += 3) {
    const [dx, dy] = stroke3.subarray(i, i + 2) as unknown as [number, number];
    turned[i] = cos * dx - sin * dy;
    turned[i + 1] = sin * dx + cos * dy;
  }
  return turned;
}
