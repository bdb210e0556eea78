import { DataError } from './error.ts';
import type { Stroke3, Stroke5 } from './sketch.ts';

/** The row before the first point: pen down, nowhere moved (Ha & Eck 2017, section 3.2). */
export const START_ROW = [0, 0, 1, 0, 0] as const;

/** The row after the last point. */
export const END_ROW = [0, 0, 0, 0, 1] as const;

/**
 * Rows for the model, an end row closing them.
 *
 * @param stroke3 `[n, 3]`
 * @param length rows to return, at least `n`, `n + 1` by default; rows past the end are end rows
 * @returns `[length, 5]`
 */
export function toStroke5(stroke3: Stroke3, length: number = stroke3.length / 3 + 1): Stroke5 {
  const n = stroke3.length / 3;
  const rows = new Float32Array(length * 5);
  for (let i = 0; i < length; i++) {
    if (i >= n) {
      rows.set(END_ROW, 5 * i);
      continue;
    }
    const lift = stroke3[3 * i + 2] as number;
    rows[5 * i] = stroke3[3 * i] as number;
    rows[5 * i + 1] = stroke3[3 * i + 1] as number;
    rows[5 * i + 2] = 1 - lift;
    rows[5 * i + 3] = lift;
  }
  return rows;
}

/**
 * The drawing up to its first end row: the inverse of `toStroke5`.
 *
 * @param stroke5 `[n, 5]`
 * @returns `[m, 3]`, m <= n
 * @throws DataError where the length is no multiple of five
 */
export function fromStroke5(stroke5: Stroke5): Stroke3 {
  if (stroke5.length % 5 !== 0) {
    throw new DataError(`stroke-5: expected rows of 5 numbers, got ${stroke5.length} numbers - is this stroke-3?`);
  }
  const rows: number[] = [];
  for (let i = 0; i < stroke5.length && stroke5[i + 4] !== 1; i += 5) {
    rows.push(stroke5[i] as number, stroke5[i + 1] as number, stroke5[i + 3] as number);
  }
  return new Float32Array(rows);
}
