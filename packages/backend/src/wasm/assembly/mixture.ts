/** The mixture's log density, the pen's log probability, and their gradients. Addresses are in bytes, strides in numbers. */
import { at, get, put } from './lanes';
import { all, exp, log, slopeAtTanh, sum4, tanh } from './math';
import { logOf, logSumExp, max4, orNothing, pen } from './softmax';

/** Core's bounds (`bounds.ts`). */
const LOG_SIGMA_LIMIT: f32 = 16.0;
const RHO_LIMIT: f32 = 0.99999;
/** Its square, and 1 less that: written out, since float32 would lose three digits of it. */
const RHO_LIMIT_SQUARED: f32 = 0.9999800001;
const BEYOND_RHO_LIMIT: f32 = 1.99999e-5;
const REFERENCE_EPSILON: f32 = 1e-6;
const LOG_TWO_PI: f32 = 1.8378770664093453;

/** Blocks of raw numbers after the pen's three. */
const PI: i32 = 0;
const MU_X: i32 = 1;
const MU_Y: i32 = 2;
const SIGMA_X: i32 = 3;
const SIGMA_Y: i32 = 4;
const RHO: i32 = 5;

/** What one pass leaves for the next at `work`, a block each: logs, z and 1 / sigma of x and y, tanh and its slope. */
const LOGS: i32 = 0;
const Z_X: i32 = 1;
const Z_Y: i32 = 2;
const INVERSE_X: i32 = 3;
const INVERSE_Y: i32 = 4;
const TANH: i32 = 5;
const SLOPE: i32 = 6;

/** Numbers that `mixture` needs at `work`. */
export function mixtureSize(mixtures: i32): i32 {
  return 7 * padded(mixtures);
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

/** rho from tanh of the raw number. */
// @ts-ignore: decorator
@inline
function bound(tanhRho: v128, bounded: bool): v128 {
  return bounded ? f32x4.mul(tanhRho, all(RHO_LIMIT)) : tanhRho;
}

/** 1 - rho^2 from 1 - tanh^2: taken from rho itself it would lose its digits where rho is near 1. */
// @ts-ignore: decorator
@inline
function unexplainedBy(slope: v128, bounded: bool): v128 {
  return bounded ? f32x4.add(f32x4.mul(slope, all(RHO_LIMIT_SQUARED)), all(BEYOND_RHO_LIMIT)) : slope;
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
    if (bounded) {
      logX = clamped(logX);
      logY = clamped(logY);
    }
    const rawRho = get(block(raw, RHO, mixtures) + place, left);
    const tanhRho = tanh(rawRho);
    const slope = slopeAtTanh(rawRho);
    const rho = bound(tanhRho, bounded);
    const unexplained = unexplainedBy(slope, bounded);
    const inverseX = exp(f32x4.neg(logX));
    const inverseY = exp(f32x4.neg(logY));
    const zx = f32x4.mul(f32x4.sub(x, get(block(raw, MU_X, mixtures) + place, left)), inverseX);
    const zy = f32x4.mul(f32x4.sub(y, get(block(raw, MU_Y, mixtures) + place, left)), inverseY);
    const turned = like(rho, zy);
    const apart = f32x4.sub(zx, turned);
    const across = f32x4.div(f32x4.mul(apart, apart), f32x4.mul(unexplained, all(2.0)));
    const exponent = f32x4.add(across, f32x4.mul(f32x4.mul(zx, turned), alongShare(rho)));
    const half = f32x4.add(f32x4.mul(log(unexplained), all(0.5)), all(LOG_TWO_PI));
    const weight = f32x4.sub(get(block(raw, PI, mixtures) + place, left), all(normaliser));
    const total = f32x4.sub(weight, f32x4.add(exponent, f32x4.add(f32x4.add(logX, logY), half)));
    const component = orNothing(total, left);
    highest = f32x4.max(highest, component);
    v128.store(block(work, LOGS, size) + place, component);
    v128.store(block(work, Z_X, size) + place, zx);
    v128.store(block(work, Z_Y, size) + place, zy);
    v128.store(block(work, INVERSE_X, size) + place, inverseX);
    v128.store(block(work, INVERSE_Y, size) + place, inverseY);
    v128.store(block(work, TANH, size) + place, tanhRho);
    v128.store(block(work, SLOPE, size) + place, slope);
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

/**
 * x with its sign turned where rho is negative.
 *
 * With y' = sign(rho) y, a Gaussian's zx^2 + zy^2 - 2 rho zx zy is (zx - zy')^2 + 2 (1 - |rho|) zx zy', and 1 - rho^2, by which it
 * is divided, (1 - |rho|) (1 + |rho|): nothing cancels where rho is near 1, as it is along a straight line.
 */
// @ts-ignore: decorator
@inline
function like(rho: v128, x: v128): v128 {
  return v128.xor(x, v128.and(rho, i32x4.splat(0x80000000)));
}

/** (1 - |rho|) / (1 - rho^2). */
// @ts-ignore: decorator
@inline
function alongShare(rho: v128): v128 {
  return f32x4.div(all(1.0), f32x4.add(f32x4.abs(rho), all(1.0)));
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
    const slope = v128.load(block(work, SLOPE, size) + place);
    const rho = bound(v128.load(block(work, TANH, size) + place), bounded);
    const unexplained = unexplainedBy(slope, bounded);
    const along = alongShare(rho);
    const turned = like(rho, zy);
    const apart = f32x4.sub(zx, turned);
    const across = f32x4.div(apart, unexplained);
    // (zx - rho zy) / (1 - rho^2), and the other way round.
    const ux = f32x4.add(across, f32x4.mul(turned, along));
    const uy = like(rho, f32x4.sub(f32x4.mul(zx, along), across));

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

    const excess = f32x4.div(f32x4.sub(all(1.0), f32x4.mul(apart, across)), unexplained);
    let atRho = f32x4.add(f32x4.mul(rho, excess), f32x4.mul(f32x4.mul(zx, zy), f32x4.mul(along, along)));
    atRho = bound(f32x4.mul(atRho, slope), bounded);
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
