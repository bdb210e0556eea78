import type { Mask } from './raster.ts';

/**
 * How far the middle of each pixel of ink lies from the edge of the paper, px: along the middle of a line half of its width; 0 on
 * paper.
 *
 * Squared distances along columns by two sweeps, then along rows the lower envelope of the parabolas that stand on them
 * (Felzenszwalb & Huttenlocher 2012, "Distance transforms of sampled functions", algorithm 1): exact between the middles of
 * pixels, half a pixel of which is paper.
 */
export function distanceToPaper({ width, height, ink }: Mask): Float32Array {
  const down = new Float32Array(ink.length);
  for (let i = 0; i < ink.length; i++)
    if (ink[i] === 1) down[i] = (i < width ? height : (down[i - width] as number)) + 1;
  for (let i = ink.length - width - 1; i >= 0; i--) {
    down[i] = Math.min(down[i] as number, (down[i + width] as number) + 1);
  }
  const envelope: Envelope = { vertices: new Int32Array(width), from: new Float64Array(width + 1) };
  const out = new Float32Array(ink.length);
  for (let y = 0; y < height; y++) {
    const row = down.subarray(y * width, (y + 1) * width);
    if (row.some((length) => length > 0)) alongRow(row, envelope, out.subarray(y * width, (y + 1) * width));
  }
  return out;
}

/** Parabolas of the lower envelope, and from where on each is the lowest. */
interface Envelope {
  readonly vertices: Int32Array;
  readonly from: Float64Array;
}

function alongRow(row: Float32Array, { vertices, from }: Envelope, out: Float32Array): void {
  /** Where the parabolas of `a` and of `b` meet. */
  const meeting = (a: number, b: number): number =>
    ((row[b] as number) ** 2 + b * b - (row[a] as number) ** 2 - a * a) / (2 * (b - a));
  let last = 0;
  vertices[0] = 0;
  from[0] = -Infinity;
  for (let x = 1; x < row.length; x++) {
    let start = meeting(vertices[last] as number, x);
    while (start <= (from[last] as number)) start = meeting(vertices[--last] as number, x);
    last++;
    vertices[last] = x;
    from[last] = start;
  }
  from[last + 1] = Infinity;
  for (let x = 0, at = 0; x < row.length; x++) {
    while ((from[at + 1] as number) < x) at++;
    const vertex = vertices[at] as number;
    if ((row[x] as number) > 0) out[x] = Math.hypot(x - vertex, row[vertex] as number) - 0.5;
  }
}
