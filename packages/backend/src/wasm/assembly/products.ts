/** Products of matrices, of tiles (`tile.ts`). Addresses are in bytes, strides in numbers. */
import { pack, packColumns, packRows } from './pack';
import { keep, packedSize, PANEL, STRIP, stripsSize, tile } from './tile';

/** Numbers of a's strips that are worked on at a time: they stay in the second cache while panels go by. */
const STRIPS = 65_536;

// @ts-ignore: decorator
@inline
function blockRows(k: i32): i32 {
  return max(STRIP, (STRIPS / max(k, 1)) & ~(STRIP - 1));
}

/** Numbers that `multiply` needs at `work`. */
export function multiplySize(n: i32, k: i32): i32 {
  return n == 1 ? 0 : stripsSize(min(n, blockRows(k)), k);
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
  work: usize,
): void {
  if (n == 1) {
    rowTimes(a, k, panels, m, out, add);
    return;
  }
  const outRow = (outStride as usize) << 2;
  const panelSize = ((k * PANEL) as usize) << 2;
  const stripSize = ((k * STRIP) as usize) << 2;
  const block = blockRows(k);
  for (let from = 0; from < n; from += block) {
    const rows = min(block, n - from);
    packRows(a + (((from * aStride) as usize) << 2), aStride, rows, k, work);
    const first = out + (from as usize) * outRow;
    let panel = panels;
    for (let c = 0; c < m; c += PANEL) {
      let strip = work;
      let to = first + ((c as usize) << 2);
      for (let r = 0; r < rows; r += STRIP) {
        tile(strip, panel, k, to, outRow, rows - r, min(PANEL, m - c), add);
        strip += stripSize;
        to += STRIP * outRow;
      }
      panel += panelSize;
    }
  }
}

/**
 * One row times packed b. Panels are read from first to last, as memory likes it; two rows of one are summed up apart, so that no
 * sum waits for the one before. More at a time are slower: V8 loads all that a turn of the loop needs before it computes anything,
 * and runs out of registers.
 */
function rowTimes(a: usize, k: i32, panels: usize, m: i32, out: usize, add: bool): void {
  let b = panels;
  const pairs = a + (((k & ~1) as usize) << 2);
  for (let c = 0; c < m; c += PANEL) {
    let evenLow = f32x4.splat(0);
    let evenHigh = f32x4.splat(0);
    let oddLow = f32x4.splat(0);
    let oddHigh = f32x4.splat(0);
    for (let x = a; x < pairs; x += 8) {
      const even = v128.load32_splat(x);
      evenLow = f32x4.add(evenLow, f32x4.mul(even, v128.load(b)));
      evenHigh = f32x4.add(evenHigh, f32x4.mul(even, v128.load(b, 16)));
      const odd = v128.load32_splat(x, 4);
      oddLow = f32x4.add(oddLow, f32x4.mul(odd, v128.load(b, 32)));
      oddHigh = f32x4.add(oddHigh, f32x4.mul(odd, v128.load(b, 48)));
      b += 2 * (PANEL << 2);
    }
    if (k & 1) {
      const last = v128.load32_splat(pairs);
      evenLow = f32x4.add(evenLow, f32x4.mul(last, v128.load(b)));
      evenHigh = f32x4.add(evenHigh, f32x4.mul(last, v128.load(b, 16)));
      b += PANEL << 2;
    }
    const low = f32x4.add(evenLow, oddLow);
    const high = f32x4.add(evenHigh, oddHigh);
    keep(out + ((c as usize) << 2), low, high, min(PANEL, m - c), add);
  }
}

/** Rows, and columns of b, that `accumulate` packs and sums up at a time: the panels stay in the second cache. */
const ROWS = 256;
const COLUMNS = 256;

/** Numbers that `accumulate` needs at `work`. */
export function accumulateSize(k: i32, m: i32): i32 {
  return packedSize(ROWS, min(m, COLUMNS)) + stripsSize(k, ROWS);
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
  const strips = work + ((packedSize(ROWS, min(m, COLUMNS)) as usize) << 2);
  for (let from = 0; from < n; from += ROWS) {
    const rows = min(ROWS, n - from);
    const panelSize = ((rows * PANEL) as usize) << 2;
    packColumns(a + (((from * aStride) as usize) << 2), aStride, rows, k, strips);
    for (let first = 0; first < m; first += COLUMNS) {
      const columns = min(COLUMNS, m - first);
      pack(b + (((from * bStride + first) as usize) << 2), bStride, rows, columns, false, work);
      let strip = strips;
      for (let i = 0; i < k; i += STRIP) {
        // Along the rows of out: down its columns, every tile would be on other pages.
        let panel = work;
        const to = out + (i as usize) * outRow + ((first as usize) << 2);
        for (let c = 0; c < columns; c += PANEL) {
          tile(strip, panel, rows, to + ((c as usize) << 2), outRow, k - i, min(PANEL, columns - c), true);
          panel += panelSize;
        }
        strip += ((rows * STRIP) as usize) << 2;
      }
    }
  }
}
