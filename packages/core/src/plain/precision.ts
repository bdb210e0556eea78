/** Numbers of either precision; which one is decided once, in `plainModel`, and every result follows its operands. */
export type Floats = Float32Array | Float64Array;

/** `Float32Array` or `Float64Array`. */
export interface Precision {
  new (values: number | ArrayLike<number>): Floats;
}

/** `length` zeros of the precision of `like`. */
export function zerosLike(like: Floats, length: number): Floats {
  return like instanceof Float64Array ? new Float64Array(length) : new Float32Array(length);
}

/** The parts one after the other, in the precision of `like`. */
export function concatenate(like: Floats, parts: readonly Floats[]): Floats {
  const out = zerosLike(
    like,
    parts.reduce((sum, part) => sum + part.length, 0),
  );
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
