import type { Stroke3 } from '@sketch-rnn/data';

/** Sketches computed at once. */
const CHUNK = 100;

/** Places of sketches in chunks of like length, the longest first: little is left running while the longest end. */
export function chunksByLength(sketches: readonly Stroke3[]): number[][] {
  const places = [...sketches.keys()].toSorted(
    (a, b) => (sketches[b] as Stroke3).length - (sketches[a] as Stroke3).length || a - b,
  );
  return Array.from({ length: Math.ceil(places.length / CHUNK) }, (_, i) => places.slice(i * CHUNK, (i + 1) * CHUNK));
}

/** Rows of `width` numbers, those of the given places, in their order. */
export function rowsAt(values: Float32Array, places: ArrayLike<number>, width: number): Float32Array {
  const out = new Float32Array(places.length * width);
  for (let i = 0; i < places.length; i++) {
    const place = places[i] as number;
    out.set(values.subarray(place * width, (place + 1) * width), i * width);
  }
  return out;
}
