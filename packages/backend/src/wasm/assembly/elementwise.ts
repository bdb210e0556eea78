/** What is done to rows and to single numbers. Addresses are in bytes, strides in numbers; lists are row numbers as floats. */
import { at, get, put } from './lanes';
import { all, tanh as tanh4 } from './math';

// @ts-ignore: decorator
@inline
function listed(list: usize, row: i32): i32 {
  return list == 0 ? row : (load<f32>(list + ((row as usize) << 2)) as i32);
}

/** out[r] = from[list[r]], or += it; without a list (0) from[r]. */
export function copyRows(
  from: usize,
  fromStride: i32,
  list: usize,
  out: usize,
  outStride: i32,
  rows: i32,
  columns: i32,
  add: bool,
): void {
  for (let r = 0; r < rows; r++) {
    const source = at(from, listed(list, r), fromStride);
    const to = at(out, r, outStride);
    if (add) addTo(to, source, columns);
    else memory.copy(to, source, (columns as usize) << 2);
  }
}

/** out[list[r]] += from[r]. */
export function addRows(
  from: usize,
  fromStride: i32,
  list: usize,
  out: usize,
  outStride: i32,
  rows: i32,
  columns: i32,
): void {
  for (let r = 0; r < rows; r++) addTo(at(out, listed(list, r), outStride), at(from, r, fromStride), columns);
}

// @ts-ignore: decorator
@inline
function addTo(out: usize, from: usize, columns: i32): void {
  for (let c = 0; c < columns; c += 4) {
    const place = (c as usize) << 2;
    const left = columns - c;
    put(out + place, f32x4.add(get(out + place, left), get(from + place, left)), left);
  }
}

/** Rows that are summed up in float32, before their sum joins the one in float64. */
const BLOCK = 32;

/** out += the sum of the rows, times factor where there is one (else 0). */
export function sumRows(
  from: usize,
  fromStride: i32,
  factor: usize,
  factorStride: i32,
  out: usize,
  rows: i32,
  columns: i32,
): void {
  for (let c = 0; c < columns; c += 4) {
    const place = (c as usize) << 2;
    const left = columns - c;
    let low = f64x2.splat(0);
    let high = f64x2.splat(0);
    for (let first = 0; first < rows; first += BLOCK) {
      let block = f32x4.splat(0);
      const end = min(rows, first + BLOCK);
      for (let r = first; r < end; r++) {
        let x = get(at(from, r, fromStride) + place, left);
        if (factor != 0) x = f32x4.mul(x, get(at(factor, r, factorStride) + place, left));
        block = f32x4.add(block, x);
      }
      low = f64x2.add(low, f64x2.promote_low_f32x4(block));
      high = f64x2.add(high, f64x2.promote_low_f32x4(upper(block)));
    }
    const before = get(out + place, left);
    low = f64x2.add(low, f64x2.promote_low_f32x4(before));
    high = f64x2.add(high, f64x2.promote_low_f32x4(upper(before)));
    put(out + place, joined(low, high), left);
  }
}

// @ts-ignore: decorator
@inline
function upper(x: v128): v128 {
  return i64x2.shuffle(x, x, 1, 1);
}

// @ts-ignore: decorator
@inline
function joined(low: v128, high: v128): v128 {
  return i64x2.shuffle(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
}

export function fill(out: usize, outStride: i32, rows: i32, columns: i32, value: f32): void {
  for (let r = 0; r < rows; r++) {
    const to = at(out, r, outStride);
    for (let c = 0; c < columns; c += 4) put(to + ((c as usize) << 2), all(value), columns - c);
  }
}

/** out *= factor. */
export function scale(out: usize, outStride: i32, factor: usize, factorStride: i32, rows: i32, columns: i32): void {
  for (let r = 0; r < rows; r++) {
    const to = at(out, r, outStride);
    const by = at(factor, r, factorStride);
    for (let c = 0; c < columns; c += 4) {
      const place = (c as usize) << 2;
      const left = columns - c;
      put(to + place, f32x4.mul(get(to + place, left), get(by + place, left)), left);
    }
  }
}

export function tanh(out: usize, outStride: i32, rows: i32, columns: i32): void {
  for (let r = 0; r < rows; r++) {
    const to = at(out, r, outStride);
    for (let c = 0; c < columns; c += 4) {
      const place = to + ((c as usize) << 2);
      put(place, tanh4(get(place, columns - c)), columns - c);
    }
  }
}

/** gradient *= 1 - y^2. */
export function tanhBackward(gradient: usize, gStride: i32, y: usize, yStride: i32, rows: i32, columns: i32): void {
  for (let r = 0; r < rows; r++) {
    const to = at(gradient, r, gStride);
    const from = at(y, r, yStride);
    for (let c = 0; c < columns; c += 4) {
      const place = (c as usize) << 2;
      const left = columns - c;
      const value = get(from + place, left);
      const slope = f32x4.sub(all(1.0), f32x4.mul(value, value));
      put(to + place, f32x4.mul(get(to + place, left), slope), left);
    }
  }
}

/** sums = scaleX x + scaleH h + shift + bias; modulation [scaleX | scaleH | shift]. */
export function modulate(
  modulation: usize,
  mStride: i32,
  x: usize,
  xStride: i32,
  h: usize,
  hStride: i32,
  bias: usize,
  sums: usize,
  sumStride: i32,
  rows: i32,
  columns: i32,
): void {
  const part = (columns as usize) << 2;
  for (let r = 0; r < rows; r++) {
    const factors = at(modulation, r, mStride);
    for (let c = 0; c < columns; c += 4) {
      const place = (c as usize) << 2;
      const left = columns - c;
      const ofX = f32x4.mul(get(factors + place, left), get(at(x, r, xStride) + place, left));
      const ofH = f32x4.mul(get(factors + part + place, left), get(at(h, r, hStride) + place, left));
      const rest = f32x4.add(get(factors + 2 * part + place, left), get(bias + place, left));
      put(at(sums, r, sumStride) + place, f32x4.add(f32x4.add(ofX, ofH), rest), left);
    }
  }
}

/** Modulation, x and h become their gradients. */
export function modulateBackward(
  gradient: usize,
  gStride: i32,
  modulation: usize,
  mStride: i32,
  x: usize,
  xStride: i32,
  h: usize,
  hStride: i32,
  rows: i32,
  columns: i32,
): void {
  const part = (columns as usize) << 2;
  for (let r = 0; r < rows; r++) {
    const factors = at(modulation, r, mStride);
    for (let c = 0; c < columns; c += 4) {
      const place = (c as usize) << 2;
      const left = columns - c;
      const d = get(at(gradient, r, gStride) + place, left);
      const xs = at(x, r, xStride) + place;
      const hs = at(h, r, hStride) + place;
      const scaleX = get(factors + place, left);
      const scaleH = get(factors + part + place, left);
      put(factors + place, f32x4.mul(d, get(xs, left)), left);
      put(factors + part + place, f32x4.mul(d, get(hs, left)), left);
      put(factors + 2 * part + place, d, left);
      put(xs, f32x4.mul(d, scaleX), left);
      put(hs, f32x4.mul(d, scaleH), left);
    }
  }
}
