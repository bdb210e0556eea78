/**
 * Products of matrices. Addresses are in bytes, strides in numbers.
 *
 * The right-hand factor stands in panels: eight columns side by side, row by row, the last panel filled up with zeros. A tile of
 * four rows by eight columns is summed up in eight registers; two more hold a row of the panel.
 */
import { put } from './lanes';

const PANEL = 8;
const ROWS = 4;

/** Numbers that `rows` x `columns` take in panels. */
export function packedSize(rows: i32, columns: i32): i32 {
  return rows * (((columns + PANEL - 1) / PANEL) * PANEL);
}

/** Packs b `[rows, columns]`, or the transpose of b `[columns, rows]`, into panels at `to`. */
export function pack(b: usize, stride: i32, rows: i32, columns: i32, transpose: bool, to: usize): void {
  for (let c = 0; c < columns; c += PANEL) {
    const width = min(PANEL, columns - c);
    for (let k = 0; k < rows; k++) {
      if (width == PANEL && !transpose) {
        const from = b + (((k * stride + c) as usize) << 2);
        v128.store(to, v128.load(from));
        v128.store(to, v128.load(from, 16), 16);
      } else {
        for (let j = 0; j < PANEL; j++) {
          const at = transpose ? (c + j) * stride + k : k * stride + c + j;
          store<f32>(to + ((j as usize) << 2), j < width ? load<f32>(b + ((at as usize) << 2)) : 0);
        }
      }
      to += PANEL << 2;
    }
  }
}

/** out = a b, or out += a b: a `[n, k]`, b packed, out `[n, m]`. */
export function multiply(
  a: usize,
  aStride: i32,
  n: i32,
  k: i32,
  panels: usize,
  m: i32,
  out: usize,
  outStride: i32,
  add: bool,
): void {
  const aRow = (aStride as usize) << 2;
  const outRow = (outStride as usize) << 2;
  const panelSize = ((k * PANEL) as usize) << 2;
  const tiled = n & ~(ROWS - 1);
  for (let c = 0; c < m; c += PANEL) {
    const panel = panels + ((c / PANEL) as usize) * panelSize;
    const to = out + ((c as usize) << 2);
    const width = min(PANEL, m - c);
    for (let r = 0; r < tiled; r += ROWS) {
      tile(a + (r as usize) * aRow, aRow, 4, panel, k, to + (r as usize) * outRow, outRow, width, add);
    }
  }
  for (let r = tiled; r < n; r++) {
    rowTimes(a + (r as usize) * aRow, k, panels, m, out + (r as usize) * outRow, add);
  }
}

/** Four rows by eight columns: a's rows `aRow` bytes apart, its columns `aStep`. */
// @ts-ignore: decorator
@inline
function tile(
  a: usize,
  aRow: usize,
  aStep: usize,
  panel: usize,
  k: i32,
  out: usize,
  outRow: usize,
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
  let a0 = a;
  let a1 = a + aRow;
  let a2 = a1 + aRow;
  let a3 = a2 + aRow;
  const end = panel + (((k * PANEL) as usize) << 2);
  for (let b = panel; b < end; b += PANEL << 2) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let x = v128.load32_splat(a0);
    s00 = f32x4.add(s00, f32x4.mul(x, b0));
    s01 = f32x4.add(s01, f32x4.mul(x, b1));
    x = v128.load32_splat(a1);
    s10 = f32x4.add(s10, f32x4.mul(x, b0));
    s11 = f32x4.add(s11, f32x4.mul(x, b1));
    x = v128.load32_splat(a2);
    s20 = f32x4.add(s20, f32x4.mul(x, b0));
    s21 = f32x4.add(s21, f32x4.mul(x, b1));
    x = v128.load32_splat(a3);
    s30 = f32x4.add(s30, f32x4.mul(x, b0));
    s31 = f32x4.add(s31, f32x4.mul(x, b1));
    a0 += aStep;
    a1 += aStep;
    a2 += aStep;
    a3 += aStep;
  }
  keep(out, s00, s01, width, add);
  keep(out + outRow, s10, s11, width, add);
  keep(out + 2 * outRow, s20, s21, width, add);
  keep(out + 3 * outRow, s30, s31, width, add);
}

/** Writes eight sums, or the first `width` of them. */
// @ts-ignore: decorator
@inline
function keep(out: usize, low: v128, high: v128, width: i32, add: bool): void {
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

/**
 * One row times packed b. Panels are read from first to last, as memory likes it; four rows of one are summed up apart, so that no
 * sum waits for the one before.
 */
function rowTimes(a: usize, k: i32, panels: usize, m: i32, out: usize, add: bool): void {
  let b = panels;
  const whole = a + (((k & ~3) as usize) << 2);
  const end = a + ((k as usize) << 2);
  for (let c = 0; c < m; c += PANEL) {
    let l0 = f32x4.splat(0);
    let l1 = f32x4.splat(0);
    let l2 = f32x4.splat(0);
    let l3 = f32x4.splat(0);
    let h0 = f32x4.splat(0);
    let h1 = f32x4.splat(0);
    let h2 = f32x4.splat(0);
    let h3 = f32x4.splat(0);
    let x = a;
    for (; x < whole; x += 16) {
      const x0 = v128.load32_splat(x);
      l0 = f32x4.add(l0, f32x4.mul(x0, v128.load(b)));
      h0 = f32x4.add(h0, f32x4.mul(x0, v128.load(b, 16)));
      const x1 = v128.load32_splat(x, 4);
      l1 = f32x4.add(l1, f32x4.mul(x1, v128.load(b, 32)));
      h1 = f32x4.add(h1, f32x4.mul(x1, v128.load(b, 48)));
      const x2 = v128.load32_splat(x, 8);
      l2 = f32x4.add(l2, f32x4.mul(x2, v128.load(b, 64)));
      h2 = f32x4.add(h2, f32x4.mul(x2, v128.load(b, 80)));
      const x3 = v128.load32_splat(x, 12);
      l3 = f32x4.add(l3, f32x4.mul(x3, v128.load(b, 96)));
      h3 = f32x4.add(h3, f32x4.mul(x3, v128.load(b, 112)));
      b += 4 * (PANEL << 2);
    }
    for (; x < end; x += 4) {
      const factor = v128.load32_splat(x);
      l0 = f32x4.add(l0, f32x4.mul(factor, v128.load(b)));
      h0 = f32x4.add(h0, f32x4.mul(factor, v128.load(b, 16)));
      b += PANEL << 2;
    }
    const low = f32x4.add(f32x4.add(l0, l1), f32x4.add(l2, l3));
    const high = f32x4.add(f32x4.add(h0, h1), f32x4.add(h2, h3));
    keep(out + ((c as usize) << 2), low, high, min(PANEL, m - c), add);
  }
}

/** Rows that `accumulate` packs and sums up at a time: strips of a and panels of b then stay in the caches. */
const BLOCK = 256;

/** Numbers that `accumulate` needs at `work`. */
export function accumulateSize(k: i32, m: i32): i32 {
  return packedSize(BLOCK, m) + BLOCK * (((k + ROWS - 1) / ROWS) * ROWS);
}

/** out += a^T b: a `[n, k]`, b `[n, m]`, out `[k, m]`. */
export function accumulate(
  a: usize,
  aStride: i32,
  b: usize,
  bStride: i32,
  n: i32,
  k: i32,
  m: i32,
  out: usize,
  outStride: i32,
  work: usize,
): void {
  const outRow = (outStride as usize) << 2;
  const strips = work + ((packedSize(BLOCK, m) as usize) << 2);
  for (let from = 0; from < n; from += BLOCK) {
    const rows = min(BLOCK, n - from);
    pack(b + (((from * bStride) as usize) << 2), bStride, rows, m, false, work);
    packStrips(a + (((from * aStride) as usize) << 2), aStride, rows, k, strips);
    const panelSize = ((rows * PANEL) as usize) << 2;
    for (let c = 0; c < m; c += PANEL) {
      const panel = work + ((c / PANEL) as usize) * panelSize;
      const width = min(PANEL, m - c);
      const to = out + ((c as usize) << 2);
      for (let i = 0; i < k; i += ROWS) {
        const strip = strips + (((i * rows) as usize) << 2);
        const at = to + (i as usize) * outRow;
        if (i + ROWS <= k) {
          tile(strip, 4, ROWS << 2, panel, rows, at, outRow, width, true);
        } else {
          lastRows(strip, k - i, panel, rows, at, outRow, width);
        }
      }
    }
  }
}

/** Packs a `[rows, k]` into strips: four columns side by side, row by row, the last filled up with zeros. */
function packStrips(a: usize, stride: i32, rows: i32, k: i32, to: usize): void {
  for (let i = 0; i < k; i += ROWS) {
    for (let r = 0; r < rows; r++) {
      const from = a + (((r * stride + i) as usize) << 2);
      if (i + ROWS <= k) {
        v128.store(to, v128.load(from));
      } else {
        for (let j = 0; j < ROWS; j++) {
          store<f32>(to + ((j as usize) << 2), i + j < k ? load<f32>(from + ((j as usize) << 2)) : 0);
        }
      }
      to += ROWS << 2;
    }
  }
}

/** The rows of out that are less than a tile. */
function lastRows(strip: usize, count: i32, panel: usize, rows: i32, out: usize, outRow: usize, width: i32): void {
  for (let j = 0; j < count; j++) {
    let low = f32x4.splat(0);
    let high = f32x4.splat(0);
    for (let r = 0; r < rows; r++) {
      const x = v128.load32_splat(strip + (((r * ROWS + j) as usize) << 2));
      const b = panel + (((r * PANEL) as usize) << 2);
      low = f32x4.add(low, f32x4.mul(x, v128.load(b)));
      high = f32x4.add(high, f32x4.mul(x, v128.load(b, 16)));
    }
    keep(out + (j as usize) * outRow, low, high, width, true);
  }
}
