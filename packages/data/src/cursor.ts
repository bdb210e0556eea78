import { strFromU8 } from 'fflate';

export interface Cursor {
  /** The place reached. */
  at(): number;
  /** The next `count` bytes, not copied. */
  take(count: number): Uint8Array;
  u8(): number;
  i32(): number;
  /** A double, big-endian as pickles have it. */
  f64(): number;
  /** An unsigned number of 2, 4 or 8 bytes. */
  size(bytes: 2 | 4 | 8): number;
  /** Text up to the next line end. */
  line(): string;
}

/**
 * Reads bytes one after the other, integers little-endian.
 *
 * @param cutShort makes the error thrown where more is asked for than there is, from the place reached
 */
export function cursorOver(bytes: Uint8Array, cutShort: (at: number) => Error): Cursor {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let next = 0;
  const skip = (count: number): number => {
    if (count > bytes.length - next) throw cutShort(next);
    next += count;
    return next - count;
  };
  return {
    at: () => next,
    take(count) {
      const start = skip(count);
      return bytes.subarray(start, start + count);
    },
    u8: () => view.getUint8(skip(1)),
    i32: () => view.getInt32(skip(4), true),
    f64: () => view.getFloat64(skip(8)),
    size(width) {
      const start = skip(width);
      if (width === 2) return view.getUint16(start, true);
      return width === 4 ? view.getUint32(start, true) : Number(view.getBigUint64(start, true));
    },
    line() {
      const end = bytes.indexOf(10, next);
      const start = skip((end < 0 ? bytes.length : end) + 1 - next);
      return strFromU8(bytes.subarray(start, end));
    },
  };
}
