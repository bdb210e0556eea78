/** The draw of z and its divergence from N(0, I). Addresses are in bytes, strides in numbers. */
import { at, get, put } from './lanes';
import { all, exp, sum4 } from './math';

export function latent(
  mean: usize,
  meanStride: i32,
  logVariance: usize,
  logStride: i32,
  epsilon: usize,
  epsilonStride: i32,
  flags: usize,
  flagStride: i32,
  z: usize,
  zStride: i32,
  divergence: usize,
  divergenceStride: i32,
  rows: i32,
  size: i32,
): void {
  for (let b = 0; b < rows; b++) {
    const flag = load<f32>(at(flags, b, flagStride));
    let sum = f32x4.splat(0);
    for (let k = 0; k < size; k += 4) {
      const place = (k as usize) << 2;
      const left = size - k;
      const mu = get(at(mean, b, meanStride) + place, left);
      const log = get(at(logVariance, b, logStride) + place, left);
      const noise = get(at(epsilon, b, epsilonStride) + place, left);
      const drawn = f32x4.add(mu, f32x4.mul(exp(f32x4.mul(log, all(0.5))), noise));
      put(at(z, b, zStride) + place, f32x4.mul(drawn, all(flag)), left);
      // Lanes past the end are zeros, and 1 + 0 - 0 - e^0 is 0.
      const gained = f32x4.add(all(1.0), log);
      sum = f32x4.add(sum, f32x4.sub(gained, f32x4.add(f32x4.mul(mu, mu), exp(log))));
    }
    store<f32>(at(divergence, b, divergenceStride), ((-0.5 as f32) * flag * sum4(sum)) / (size as f32));
  }
}

/** mean and logVariance become their gradients; `weight` is that of a sketch's divergence. */
export function latentBackward(
  mean: usize,
  meanStride: i32,
  logVariance: usize,
  logStride: i32,
  epsilon: usize,
  epsilonStride: i32,
  flags: usize,
  flagStride: i32,
  gradient: usize,
  gradientStride: i32,
  weight: f32,
  rows: i32,
  size: i32,
): void {
  for (let b = 0; b < rows; b++) {
    const flag = load<f32>(at(flags, b, flagStride));
    const share = all((weight * flag) / (size as f32));
    for (let k = 0; k < size; k += 4) {
      const place = (k as usize) << 2;
      const left = size - k;
      const means = at(mean, b, meanStride) + place;
      const logs = at(logVariance, b, logStride) + place;
      const log = get(logs, left);
      const d = f32x4.mul(get(at(gradient, b, gradientStride) + place, left), all(flag));
      const noise = get(at(epsilon, b, epsilonStride) + place, left);
      const drawn = f32x4.mul(d, f32x4.mul(exp(f32x4.mul(log, all(0.5))), noise));
      const pressed = f32x4.mul(share, f32x4.sub(exp(log), all(1.0)));
      put(logs, f32x4.mul(f32x4.add(drawn, pressed), all(0.5)), left);
      put(means, f32x4.add(d, f32x4.mul(share, get(means, left))), left);
    }
  }
}
