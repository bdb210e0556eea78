/** Probabilities from logits. Addresses are in bytes. */
import { get, put } from './lanes';
import { all, exp, log, sum4 } from './math';

/** All four where there are as many, else those that are left and -infinity. */
// @ts-ignore: decorator
@inline
export function orNothing(x: v128, left: i32): v128 {
  if (left >= 4) return x;
  return v128.bitselect(x, all(-Infinity as f32), i32x4.gt_s(i32x4.splat(left), i32x4(0, 1, 2, 3)));
}

// @ts-ignore: decorator
@inline
export function max4(x: v128): f32 {
  return max(
    max(f32x4.extract_lane(x, 0), f32x4.extract_lane(x, 1)),
    max(f32x4.extract_lane(x, 2), f32x4.extract_lane(x, 3)),
  );
}

// @ts-ignore: decorator
@inline
export function logOf(x: f32): f32 {
  return f32x4.extract_lane(log(all(x)), 0);
}

/** log of the sum of e to the power of each. */
export function logSumExp(values: usize, count: i32): f32 {
  let highest = all(-Infinity as f32);
  for (let k = 0; k < count; k += 4) {
    const left = count - k;
    highest = f32x4.max(highest, orNothing(get(values + ((k as usize) << 2), left), left));
  }
  const shift = max4(highest);
  let sum = f32x4.splat(0);
  for (let k = 0; k < count; k += 4) {
    const left = count - k;
    const x = orNothing(get(values + ((k as usize) << 2), left), left);
    sum = f32x4.add(sum, exp(f32x4.sub(x, all(shift))));
  }
  return shift + logOf(sum4(sum));
}

/** Log probability of the pen state; the three logits become `scale` times their gradient. */
export function pen(logits: usize, target: usize, differentiate: bool, scale: f32): f32 {
  const normaliser = logSumExp(logits, 3);
  const chances = f32x4.sub(get(logits, 3), all(normaliser));
  const chosen = get(target, 3);
  if (differentiate) put(logits, f32x4.mul(f32x4.sub(chosen, exp(chances)), all(scale)), 3);
  return sum4(f32x4.mul(chances, chosen));
}
