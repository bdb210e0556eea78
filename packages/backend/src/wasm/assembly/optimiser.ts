/** What closes a step of training. Addresses are in bytes; all numbers lie in one piece. */
import { at, get, put } from './lanes';
import { all } from './math';

const BETA1: f32 = 0.9;
const BETA2: f32 = 0.999;
/** 1 - beta, rounded once: from beta in float32 it would be wrong by 1e-5 of itself. */
const FRESH1: f32 = 0.1;
const FRESH2: f32 = 0.001;
const EPSILON: f32 = 1e-8;

/** Whether all numbers of a matrix are finite. */
export function finite(values: usize, stride: i32, rows: i32, columns: i32): bool {
  let good = i32x4.splat(-1);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c += 4) {
      const x = get(at(values, r, stride) + ((c as usize) << 2), columns - c);
      // Of an infinity or NaN it is NaN, which equals nothing.
      good = v128.and(good, f32x4.eq(f32x4.sub(x, x), all(0.0)));
    }
  }
  return i32x4.all_true(good);
}

export function adam(
  weights: usize,
  gradients: usize,
  first: usize,
  second: usize,
  count: i32,
  rate: f32,
  clip: f32,
): void {
  for (let i = 0; i < count; i += 4) {
    const place = (i as usize) << 2;
    const left = count - i;
    const d = f32x4.max(f32x4.min(get(gradients + place, left), all(clip)), all(-clip));
    const m = f32x4.add(f32x4.mul(get(first + place, left), all(BETA1)), f32x4.mul(d, all(FRESH1)));
    const squared = f32x4.mul(f32x4.mul(d, d), all(FRESH2));
    const v = f32x4.add(f32x4.mul(get(second + place, left), all(BETA2)), squared);
    const direction = f32x4.div(m, f32x4.add(f32x4.sqrt(v), all(EPSILON)));
    put(first + place, m, left);
    put(second + place, v, left);
    put(weights + place, f32x4.sub(get(weights + place, left), f32x4.mul(direction, all(rate))), left);
  }
}
