/** Factors into panels and strips (`tile.ts`). Addresses are in bytes, strides in numbers. */
import { get } from './lanes';
import { PANEL, STRIP } from './tile';

/** b `[rows, columns]`, or the transpose of b `[columns, rows]`, into panels at `to`. */
export function pack(b: usize, stride: i32, rows: i32, columns: i32, transpose: bool, to: usize): void {
  const step = (stride as usize) << 2;
  for (let c = 0; c < columns; c += PANEL) {
    const width = min(PANEL, columns - c);
    if (transpose) {
      const from = b + (c as usize) * step;
      turn(from, step, width, rows, to, PANEL);
      turn(from + 4 * step, step, width - 4, rows, to + 16, PANEL);
      to += ((rows * PANEL) as usize) << 2;
    } else {
      let from = b + ((c as usize) << 2);
      for (let k = 0; k < rows; k++) {
        v128.store(to, get(from, width));
        v128.store(to, width > 4 ? get(from + 16, width - 4) : f32x4.splat(0), 16);
        from += step;
        to += PANEL << 2;
      }
    }
  }
}

/** a `[rows, columns]` into strips at `to`. */
export function packRows(a: usize, stride: i32, rows: i32, columns: i32, to: usize): void {
  const step = (stride as usize) << 2;
  for (let r = 0; r < rows; r += STRIP) {
    turn(a + (r as usize) * step, step, rows - r, columns, to, STRIP);
    to += ((columns * STRIP) as usize) << 2;
  }
}

/** The transpose of a `[rows, columns]` into strips at `to`. */
export function packColumns(a: usize, stride: i32, rows: i32, columns: i32, to: usize): void {
  const step = (stride as usize) << 2;
  for (let c = 0; c < columns; c += STRIP) {
    let from = a + ((c as usize) << 2);
    for (let r = 0; r < rows; r++) {
      v128.store(to, get(from, columns - c));
      from += step;
      to += STRIP << 2;
    }
  }
}

/** Four rows, `step` bytes apart, side by side: at `to`, and every `width` numbers; zeros in place of rows past `rows`. */
function turn(from: usize, step: usize, rows: i32, columns: i32, to: usize, width: i32): void {
  const next = (width as usize) << 2;
  for (let c = 0; c < columns; c += 4) {
    const left = columns - c;
    const place = from + ((c as usize) << 2);
    const r0 = rows > 0 ? get(place, left) : f32x4.splat(0);
    const r1 = rows > 1 ? get(place + step, left) : f32x4.splat(0);
    const r2 = rows > 2 ? get(place + 2 * step, left) : f32x4.splat(0);
    const r3 = rows > 3 ? get(place + 3 * step, left) : f32x4.splat(0);
    const low01 = i32x4.shuffle(r0, r1, 0, 4, 1, 5);
    const low23 = i32x4.shuffle(r2, r3, 0, 4, 1, 5);
    const high01 = i32x4.shuffle(r0, r1, 2, 6, 3, 7);
    const high23 = i32x4.shuffle(r2, r3, 2, 6, 3, 7);
    v128.store(to, i64x2.shuffle(low01, low23, 0, 2));
    if (left > 1) v128.store(to + next, i64x2.shuffle(low01, low23, 1, 3));
    if (left > 2) v128.store(to + 2 * next, i64x2.shuffle(high01, high23, 0, 2));
    if (left > 3) v128.store(to + 3 * next, i64x2.shuffle(high01, high23, 1, 3));
    to += 4 * next;
  }
}
