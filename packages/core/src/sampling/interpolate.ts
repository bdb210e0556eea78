/**
 * Straight line between two latent vectors.
 *
 * @param t 0 at `from`, 1 at `to`
 */
export function lerp(from: Float32Array, to: Float32Array, t: number): Float32Array {
  return from.map((x, i) => x + ((to[i] as number) - x) * t);
}

/** Below this angle the great circle is the straight line to float32's precision. */
const PARALLEL = 1e-4;

/**
 * Spherical interpolation (Shoemake 1985; White 2016): the direction turns evenly, the length goes over linearly.
 *
 * Where there is no great circle to choose (a zero vector, parallel vectors) it is the straight line; between opposite
 * vectors any circle will do, and one is taken.
 *
 * @param t 0 at `from`, 1 at `to`
 */
export function slerp(from: Float32Array, to: Float32Array, t: number): Float32Array {
  const fromLength = Math.hypot(...from);
  const toLength = Math.hypot(...to);
  if (fromLength === 0 || toLength === 0) return lerp(from, to, t);
  let cosine = 0;
  for (let i = 0; i < from.length; i++) cosine += ((from[i] as number) / fromLength) * ((to[i] as number) / toLength);
  const angle = Math.acos(Math.min(1, Math.max(-1, cosine)));
  if (angle < PARALLEL) return lerp(from, to, t);
  const length = fromLength + (toLength - fromLength) * t;
  const [a, b, turned] =
    Math.PI - angle < PARALLEL
      ? [Math.cos(Math.PI * t), Math.sin(Math.PI * t), perpendicular(from)]
      : [Math.sin((1 - t) * angle) / Math.sin(angle), Math.sin(t * angle) / Math.sin(angle), to];
  const turnedLength = Math.hypot(...turned);
  return from.map((x, i) => length * ((a * x) / fromLength + (b * (turned[i] as number)) / turnedLength));
}

/** Some vector at a right angle: the axis least along `vector`, made perpendicular. */
function perpendicular(vector: Float32Array): Float32Array {
  let axis = 0;
  for (let i = 1; i < vector.length; i++) {
    if (Math.abs(vector[i] as number) < Math.abs(vector[axis] as number)) axis = i;
  }
  const squared = vector.reduce((sum, x) => sum + x * x, 0);
  const along = (vector[axis] as number) / squared;
  return vector.map((x, i) => (i === axis ? 1 : 0) - along * x);
}
