/**
 * The tile that products of matrices are made of: four rows by eight columns, summed up in eight registers.
 *
 * What stands on the left is in strips: four rows side by side, column by column. What stands on the right is in panels: eight
 * columns side by side, row by row. The last of each is filled up with zeros. A strip and a panel are read from first to last, by
 * two addresses. V8 unrolls the loop by itself, and runs out of registers where that is done by hand or a tile is larger.
 */
import { put } from './lanes';

/** Columns of a panel. */
export const PANEL = 8;
/** Rows of a strip. */
export const STRIP = 4;

/** Numbers that `rows` x `columns` take in panels. */
export function packedSize(rows: i32, columns: i32): i32 {
  return rows * (((columns + PANEL - 1) / PANEL) * PANEL);
}

/** Numbers that `rows` x `columns` take in strips. */
// @ts-ignore: decorator
@inline
export function stripsSize(rows: i32, columns: i32): i32 {
  return ((rows + STRIP - 1) / STRIP) * STRIP * columns;
}

/** The first `rows` by `width` numbers of strip times panel, the sum of `k` products each, put or added into out. */
// @ts-ignore: decorator
@inline
export function tile(
  strip: usize,
  panel: usize,
  k: i32,
  out: usize,
  outRow: usize,
  rows: i32,
  width: i32,
  add: bool,
): void {
  let s00 = f32x4.splat(0);
  let s01 = f32x4.splat(0);
  let s10 = f32x4.splat(0);
  let s11 = f32x4.splat(0);
  let s20 = f32x4.splat(0);
  let s21 = f32x4.splat(0);
  let s30 = f32x4.splat(0);
  let s31 = f32x4.splat(0);
  let a = strip;
  const end = panel + (((k * PANEL) as usize) << 2);
  for (let b = panel; b < end; b += PANEL << 2) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let x = v128.load32_splat(a);
    s00 = f32x4.add(s00, f32x4.mul(x, b0));
    s01 = f32x4.add(s01, f32x4.mul(x, b1));
    x = v128.load32_splat(a, 4);
    s10 = f32x4.add(s10, f32x4.mul(x, b0));
    s11 = f32x4.add(s11, f32x4.mul(x, b1));
    x = v128.load32_splat(a, 8);
    s20 = f32x4.add(s20, f32x4.mul(x, b0));
    s21 = f32x4.add(s21, f32x4.mul(x, b1));
    x = v128.load32_splat(a, 12);
    s30 = f32x4.add(s30, f32x4.mul(x, b0));
    s31 = f32x4.add(s31, f32x4.mul(x, b1));
    a += STRIP << 2;
  }
  keep(out, s00, s01, width, add);
  if (rows > 1) keep(out + outRow, s10, s11, width, add);
  if (rows > 2) keep(out + 2 * outRow, s20, s21, width, add);
  if (rows > 3) keep(out + 3 * outRow, s30, s31, width, add);
}

/** Writes eight sums, or the first `width` of them. */
// @ts-ignore: decorator
@inline
export function keep(out: usize, low: v128, high: v128, width: i32, add: bool): void {
  if (width == PANEL) {
    v128.store(out, add ? f32x4.add(v128.load(out), low) : low);
    v128.store(out, add ? f32x4.add(v128.load(out, 16), high) : high, 16);
    return;
  }
  keepPart(out, low, high, width, add);
}

function keepPart(out: usize, low: v128, high: v128, width: i32, add: bool): void {
  for (let j = 0; j < width; j++) {
    const at = out + ((j as usize) << 2);
    put(at, add ? f32x4.add(v128.load32_zero(at), low) : low, 1);
    // The next number moves to the front.
    low = i8x16.shuffle(low, high, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19);
    high = i8x16.shuffle(high, high, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3);
  }
}
