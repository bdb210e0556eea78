/** A plane through the latent space of a class: principal component analysis of latent vectors (Pearson 1901). */

/** A place on the plane, in standard deviations from its middle: to the right and down. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** The plane along which latent vectors differ most; its axes, at right angles, are one standard deviation long. */
export interface Plane {
  readonly middle: Float32Array;
  readonly right: Float32Array;
  readonly down: Float32Array;
}

/** The greatest direction stands out from the next by a few percent at least: this many rounds find it to float32's precision. */
const ROUNDS = 300;

/**
 * The plane of some latent vectors, the same for the same vectors everywhere.
 *
 * @param latents `[n, size]`, n at least 3
 */
export function planeOf(latents: Float32Array, size: number): Plane {
  const rows = Array.from({ length: latents.length / size }, (_, i) =>
    Float64Array.from(latents.subarray(i * size, (i + 1) * size)),
  );
  const middle = new Float64Array(size);
  for (const row of rows)
    for (const [j, value] of row.entries()) middle[j] = (middle[j] as number) + value / rows.length;
  const centred = rows.map((row) => row.map((value, j) => value - (middle[j] as number)));
  const right = greatest(centred);
  const rest = centred.map((row) => without(row, right.direction));
  const down = greatest(rest);
  return {
    middle: Float32Array.from(middle),
    right: Float32Array.from(right.direction, (value) => value * right.deviation),
    down: Float32Array.from(down.direction, (value) => value * down.deviation),
  };
}

/** The latent vector of a place. */
export function latentOf({ middle, right, down }: Plane, { x, y }: Place): Float32Array {
  return middle.map((value, j) => value + x * (right[j] as number) + y * (down[j] as number));
}

/** The place nearest to a latent vector: its shadow on the plane. */
export function placeOf({ middle, right, down }: Plane, latent: Float32Array): Place {
  const from = Float64Array.from(latent, (value, j) => value - (middle[j] as number));
  return { x: dot(from, right) / dot(right, right), y: dot(from, down) / dot(down, down) };
}

/** The direction of the most variance, by power iteration, and the standard deviation along it. */
function greatest(centred: readonly Float64Array[]): { direction: Float64Array; deviation: number } {
  // The longest vector is no worse a beginning than chance, and the same everywhere.
  let direction = unit(centred.reduce((longest, row) => (dot(row, row) > dot(longest, longest) ? row : longest)));
  for (let round = 0; round < ROUNDS; round++) {
    const next = new Float64Array(direction.length);
    for (const row of centred) {
      const share = dot(row, direction);
      for (const [j, value] of row.entries()) next[j] = (next[j] as number) + share * value;
    }
    direction = unit(next);
  }
  // Which way an axis points is free: its largest part is positive.
  const largest = direction.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
  if (largest < 0) direction = direction.map((value) => -value);
  const variance = centred.reduce((sum, row) => sum + dot(row, direction) ** 2, 0) / centred.length;
  return { direction, deviation: Math.sqrt(variance) };
}

function without(row: Float64Array, direction: Float64Array): Float64Array {
  const share = dot(row, direction);
  return row.map((value, j) => value - share * (direction[j] as number));
}

function unit(vector: Float64Array): Float64Array {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
