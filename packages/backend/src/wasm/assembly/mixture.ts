/** The mixture's log density, the pen's log probability, and their gradients. Addresses are in bytes, strides in numbers. */
import { at, get, put } from './lanes';
import { all, exp, log, slopeOfTanh, sum4, tanh } from './math';

/** Core's bounds (`bounds.ts`). */
const LOG_SIGMA_LIMIT: f32 = 16.0;
const RHO_LIMIT: f32 = 0.99999;
const REFERENCE_EPSILON: f32 = 1e-6;
const LOG_TWO_PI: f32 = 1.8378770664093453;

/** Blocks of raw numbers after the pen's three. */
const PI: i32 = 0;
const MU_X: i32 = 1;
const MU_Y: i32 = 2;
const SIGMA_X: i32 = 3;
const SIGMA_Y: i32 = 4;
const RHO: i32 = 5;

/** What one pass leaves for the next at `work`, a block each: logs, z and 1 / sigma of x and y, rho. */
const LOGS: i32 = 0;
const Z_X: i32 = 1;
const Z_Y: i32 = 2;
const INVERSE_X: i32 = 3;
const INVERSE_Y: i32 = 4;
const TANH_RHO: i32 = 5;

/** Numbers that `mixture` needs at `work`. */
export function mixtureSize(mixtures: i32): i32 {
  return 6 * padded(mixtures);
}

// @ts-ignore: decorator
@inline
function padded(mixtures: i32): i32 {
  return (mixtures + 3) & ~3;
}

/** Without `weights` (0) raw stays as it is. */
export function mixture(
  raw: usize,
  rawStride: i32,
  targets: usize,
  targetStride: i32,
  logs: usize,
  logStride: i32,
  weights: usize,
  weightStride: i32,
  scale: f32,
  bounded: bool,
  rows: i32,
  mixtures: i32,
  work: usize,
): void {
  for (let r = 0; r < rows; r++) {
    const row = at(raw, r, rawStride);
    const target = at(targets, r, targetStride);
    const out = at(logs, r, logStride);
    let offsetScale: f32 = 0;
    let penScale: f32 = 0;
    if (weights != 0) {
      offsetScale = -scale * load<f32>(at(weights, r, weightStride));
      penScale = -scale * load<f32>(at(weights, r, weightStride), 4);
    }
    store<f32>(out, offset(row + 12, target, mixtures, bounded, weights != 0, offsetScale, work));
    store<f32>(out, pen(row, target + 8, weights != 0, penScale), 4);
  }
}

// @ts-ignore: decorator
@inline
function block(from: usize, which: i32, mixtures: i32): usize {
  return from + (((which * mixtures) as usize) << 2);
}

/** All four where there are as many, else those that are left and -infinity. */
// @ts-ignore: decorator
@inline
function orNothing(x: v128, left: i32): v128 {
  if (left >= 4) return x;
  return v128.bitselect(x, all(-Infinity as f32), i32x4.gt_s(i32x4.splat(left), i32x4(0, 1, 2, 3)));
}

// @ts-ignore: decorator
@inline
function max4(x: v128): f32 {
  return max(
    max(f32x4.extract_lane(x, 0), f32x4.extract_lane(x, 1)),
    max(f32x4.extract_lane(x, 2), f32x4.extract_lane(x, 3)),
  );
}

// @ts-ignore: decorator
@inline
function logOf(x: f32): f32 {
  return f32x4.extract_lane(log(all(x)), 0);
}

/** NaN stays NaN. */
// @ts-ignore: decorator
@inline
function clamped(x: v128): v128 {
  return f32x4.pmax(f32x4.pmin(x, all(LOG_SIGMA_LIMIT)), all(-LOG_SIGMA_LIMIT));
}

function offset(
  raw: usize,
  target: usize,
  mixtures: i32,
  bounded: bool,
  differentiate: bool,
  scale: f32,
  work: usize,
): f32 {
  const size = padded(mixtures);
  const normaliser = logSumExp(block(raw, PI, mixtures), mixtures);
  const x = all(load<f32>(target));
  const y = all(load<f32>(target, 4));
  let highest = all(-Infinity as f32);
  for (let k = 0; k < mixtures; k += 4) {
    const place = (k as usize) << 2;
    const left = mixtures - k;
    let logX = get(block(raw, SIGMA_X, mixtures) + place, left);
    let logY = get(block(raw, SIGMA_Y, mixtures) + place, left);
    const tanhRho = tanh(get(block(raw, RHO, mixtures) + place, left));
    let rho = tanhRho;
    if (bounded) {
      logX = clamped(logX);
      logY = clamped(logY);
      rho = f32x4.mul(rho, all(RHO_LIMIT));
    }
    const inverseX = exp(f32x4.neg(logX));
    const inverseY = exp(f32x4.neg(logY));
    const zx = f32x4.mul(f32x4.sub(x, get(block(raw, MU_X, mixtures) + place, left)), inverseX);
    const zy = f32x4.mul(f32x4.sub(y, get(block(raw, MU_Y, mixtures) + place, left)), inverseY);
    const unexplained = f32x4.sub(all(1.0), f32x4.mul(rho, rho));
    const exponent = f32x4.div(distance(zx, zy, rho), f32x4.mul(unexplained, all(-2.0)));
    const half = f32x4.add(f32x4.mul(log(unexplained), all(0.5)), all(LOG_TWO_PI));
    const weight = f32x4.sub(get(block(raw, PI, mixtures) + place, left), all(normaliser));
    const total = f32x4.add(weight, f32x4.sub(exponent, f32x4.add(f32x4.add(logX, logY), half)));
    const component = orNothing(total, left);
    highest = f32x4.max(highest, component);
    v128.store(block(work, LOGS, size) + place, component);
    v128.store(block(work, Z_X, size) + place, zx);
    v128.store(block(work, Z_Y, size) + place, zy);
    v128.store(block(work, INVERSE_X, size) + place, inverseX);
    v128.store(block(work, INVERSE_Y, size) + place, inverseY);
    v128.store(block(work, TANH_RHO, size) + place, tanhRho);
  }
  // Magenta's form adds its epsilon to the density itself.
  const shift: f32 = bounded ? max4(highest) : 0;
  let shares = f32x4.splat(0);
  for (let k = 0; k < mixtures; k += 4) {
    const place = block(work, LOGS, size) + ((k as usize) << 2);
    const share = exp(f32x4.sub(v128.load(place), all(shift)));
    v128.store(place, share);
    shares = f32x4.add(shares, share);
  }
  const counted = sum4(shares);
  const sum: f32 = bounded ? counted : counted + REFERENCE_EPSILON;
  if (differentiate) gradients(raw, mixtures, bounded, scale, normaliser, counted, sum, work);
  return shift + logOf(sum);
}

/** (zx - mx)^2 and so on: the exponent of a bivariate Gaussian, times -2 (1 - rho^2). */
// @ts-ignore: decorator
@inline
function distance(zx: v128, zy: v128, rho: v128): v128 {
  const squares = f32x4.add(f32x4.mul(zx, zx), f32x4.mul(zy, zy));
  return f32x4.sub(squares, f32x4.mul(f32x4.mul(rho, all(2.0)), f32x4.mul(zx, zy)));
}

/** Raw becomes `scale` times the gradient of log(sum). */
function gradients(
  raw: usize,
  mixtures: i32,
  bounded: bool,
  scale: f32,
  normaliser: f32,
  counted: f32,
  sum: f32,
  work: usize,
): void {
  const size = padded(mixtures);
  for (let k = 0; k < mixtures; k += 4) {
    const place = (k as usize) << 2;
    const left = mixtures - k;
    const share = f32x4.mul(f32x4.div(v128.load(block(work, LOGS, size) + place), all(sum)), all(scale));
    const zx = v128.load(block(work, Z_X, size) + place);
    const zy = v128.load(block(work, Z_Y, size) + place);
    const tanhRho = v128.load(block(work, TANH_RHO, size) + place);
    const rho = bounded ? f32x4.mul(tanhRho, all(RHO_LIMIT)) : tanhRho;
    const unexplained = f32x4.sub(all(1.0), f32x4.mul(rho, rho));
    const ux = f32x4.div(f32x4.sub(zx, f32x4.mul(rho, zy)), unexplained);
    const uy = f32x4.div(f32x4.sub(zy, f32x4.mul(rho, zx)), unexplained);

    const pi = block(raw, PI, mixtures) + place;
    const weight = exp(f32x4.sub(get(pi, left), all(normaliser)));
    put(pi, f32x4.sub(share, f32x4.mul(weight, all((counted / sum) * scale))), left);
    put(
      block(raw, MU_X, mixtures) + place,
      f32x4.mul(share, f32x4.mul(ux, v128.load(block(work, INVERSE_X, size) + place))),
      left,
    );
    put(
      block(raw, MU_Y, mixtures) + place,
      f32x4.mul(share, f32x4.mul(uy, v128.load(block(work, INVERSE_Y, size) + place))),
      left,
    );
    sigmaGradient(block(raw, SIGMA_X, mixtures) + place, share, f32x4.mul(zx, ux), bounded, left);
    sigmaGradient(block(raw, SIGMA_Y, mixtures) + place, share, f32x4.mul(zy, uy), bounded, left);

    const product = f32x4.add(f32x4.mul(zx, zy), rho);
    const turned = f32x4.div(f32x4.mul(rho, distance(zx, zy, rho)), unexplained);
    let atRho = f32x4.div(f32x4.sub(product, turned), unexplained);
    atRho = f32x4.mul(atRho, slopeOfTanh(tanhRho));
    if (bounded) atRho = f32x4.mul(atRho, all(RHO_LIMIT));
    put(block(raw, RHO, mixtures) + place, f32x4.mul(share, atRho), left);
  }
}

/** Past the bounds log sigma is held, and has no gradient. */
// @ts-ignore: decorator
@inline
function sigmaGradient(place: usize, share: v128, along: v128, bounded: bool, left: i32): void {
  let gradient = f32x4.mul(share, f32x4.sub(along, all(1.0)));
  if (bounded) {
    const outside = f32x4.gt(f32x4.abs(get(place, left)), all(LOG_SIGMA_LIMIT));
    gradient = v128.andnot(gradient, outside);
  }
  put(place, gradient, left);
}

function logSumExp(values: usize, count: i32): f32 {
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
function pen(logits: usize, target: usize, differentiate: bool, scale: f32): f32 {
  const normaliser = logSumExp(logits, 3);
  const chances = f32x4.sub(get(logits, 3), all(normaliser));
  const chosen = get(target, 3);
  if (differentiate) put(logits, f32x4.mul(f32x4.sub(chosen, exp(chances)), all(scale)), 3);
  return sum4(f32x4.mul(chances, chosen));
}
