/** Layer-normalised gates and memory, the sums ready. Addresses are in bytes, strides in numbers; gains and shifts are one row. */
import { at, get, put } from './lanes';
import { all, sigmoid, slopeOfSigmoid, slopeOfTanh, sum4, tanh } from './math';

/** Added to the variance, inside the root. */
const EPSILON: f32 = 1e-3;

/** Makes x (x - mean) / deviation, in its place, and gives 1 / deviation. */
function normalise(x: usize, units: i32): f32 {
  let sum = f32x4.splat(0);
  for (let u = 0; u < units; u += 4) sum = f32x4.add(sum, get(x + ((u as usize) << 2), units - u));
  const mean = sum4(sum) / (units as f32);
  let squares = f32x4.splat(0);
  for (let u = 0; u < units; u += 4) {
    const left = units - u;
    const centred = f32x4.sub(get(x + ((u as usize) << 2), left), upTo(all(mean), left));
    squares = f32x4.add(squares, f32x4.mul(centred, centred));
  }
  const inverse: f32 = (1.0 as f32) / sqrt<f32>(sum4(squares) / (units as f32) + EPSILON);
  for (let u = 0; u < units; u += 4) {
    const place = x + ((u as usize) << 2);
    const left = units - u;
    put(place, f32x4.mul(f32x4.sub(get(place, left), all(mean)), all(inverse)), left);
  }
  return inverse;
}

/** The first `left` lanes, zeros after them. */
// @ts-ignore: decorator
@inline
function upTo(x: v128, left: i32): v128 {
  if (left >= 4) return x;
  return v128.and(x, i32x4.gt_s(i32x4.splat(left), i32x4(0, 1, 2, 3)));
}

/** d becomes (d - mean(d) - unit mean(d unit)) / deviation, at `out`. */
function normaliseBackward(d: usize, unit: usize, units: i32, inverse: f32, out: usize): void {
  let sum = f32x4.splat(0);
  let along = f32x4.splat(0);
  for (let u = 0; u < units; u += 4) {
    const place = (u as usize) << 2;
    const left = units - u;
    const value = get(d + place, left);
    sum = f32x4.add(sum, value);
    along = f32x4.add(along, f32x4.mul(value, get(unit + place, left)));
  }
  const mean = all(sum4(sum) / (units as f32));
  const share = all(sum4(along) / (units as f32));
  for (let u = 0; u < units; u += 4) {
    const place = (u as usize) << 2;
    const left = units - u;
    const rest = f32x4.sub(f32x4.sub(get(d + place, left), mean), f32x4.mul(get(unit + place, left), share));
    put(out + place, f32x4.mul(rest, all(inverse)), left);
  }
}

/** gamma x + beta. */
// @ts-ignore: decorator
@inline
function affine(x: usize, gamma: usize, beta: usize, place: usize, left: i32): v128 {
  return f32x4.add(f32x4.mul(get(x + place, left), get(gamma + place, left)), get(beta + place, left));
}

export function norm(
  sums: usize,
  sumStride: i32,
  inverse: usize,
  inverseStride: i32,
  gateGamma: usize,
  gateBeta: usize,
  cellGamma: usize,
  cellBeta: usize,
  before: usize,
  beforeStride: i32,
  cell: usize,
  cellStride: i32,
  cellUnit: usize,
  unitStride: i32,
  output: usize,
  outputStride: i32,
  mask: usize,
  maskStride: i32,
  rows: i32,
  units: i32,
): void {
  const part = (units as usize) << 2;
  for (let r = 0; r < rows; r++) {
    const gate = at(sums, r, sumStride);
    const inverses = at(inverse, r, inverseStride);
    for (let k: usize = 0; k < 4; k++) store<f32>(inverses + (k << 2), normalise(gate + k * part, units));
    const unit = at(cellUnit, r, unitStride);
    for (let u = 0; u < units; u += 4) {
      const place = (u as usize) << 2;
      const left = units - u;
      const i = sigmoid(affine(gate, gateGamma, gateBeta, place, left));
      const j = tanh(affine(gate, gateGamma, gateBeta, part + place, left));
      const f = sigmoid(f32x4.add(affine(gate, gateGamma, gateBeta, 2 * part + place, left), all(1.0)));
      let candidate = f32x4.mul(i, j);
      if (mask != 0) candidate = f32x4.mul(candidate, get(at(mask, r, maskStride) + place, left));
      const c = f32x4.add(f32x4.mul(get(at(before, r, beforeStride) + place, left), f), candidate);
      put(at(cell, r, cellStride) + place, c, left);
      put(unit + place, c, left);
    }
    store<f32>(inverses + 16, normalise(unit, units));
    for (let u = 0; u < units; u += 4) {
      const place = (u as usize) << 2;
      const left = units - u;
      const o = sigmoid(affine(gate, gateGamma, gateBeta, 3 * part + place, left));
      const c = tanh(affine(unit, cellGamma, cellBeta, place, left));
      put(at(output, r, outputStride) + place, f32x4.mul(c, o), left);
    }
  }
}

export function normBackward(
  unit: usize,
  unitStride: i32,
  inverse: usize,
  inverseStride: i32,
  gateGamma: usize,
  gateBeta: usize,
  cellGamma: usize,
  cellBeta: usize,
  before: usize,
  beforeStride: i32,
  cellUnit: usize,
  cellUnitStride: i32,
  mask: usize,
  maskStride: i32,
  hiddenGradient: usize,
  hiddenStride: i32,
  cellGradient: usize,
  cellGradientStride: i32,
  gateAffine: usize,
  gateAffineStride: i32,
  cellAffine: usize,
  cellAffineStride: i32,
  sumGradient: usize,
  sumStride: i32,
  rows: i32,
  units: i32,
): void {
  const part = (units as usize) << 2;
  for (let r = 0; r < rows; r++) {
    const gate = at(unit, r, unitStride);
    const inverses = at(inverse, r, inverseStride);
    const cells = at(cellUnit, r, cellUnitStride);
    const dh = at(hiddenGradient, r, hiddenStride);
    const dc = at(cellGradient, r, cellGradientStride);
    const dGates = at(gateAffine, r, gateAffineStride);
    const dCell = at(cellAffine, r, cellAffineStride);
    const dSums = at(sumGradient, r, sumStride);
    for (let u = 0; u < units; u += 4) {
      const place = (u as usize) << 2;
      const left = units - u;
      const o = sigmoid(affine(gate, gateGamma, gateBeta, 3 * part + place, left));
      const c = tanh(affine(cells, cellGamma, cellBeta, place, left));
      const d = get(dh + place, left);
      put(dGates + 3 * part + place, f32x4.mul(f32x4.mul(d, c), slopeOfSigmoid(o)), left);
      const atCell = f32x4.mul(f32x4.mul(d, o), slopeOfTanh(c));
      put(dCell + place, atCell, left);
      // The gain is passed, the normalisation next: its place is that of the input gate's sums, not yet needed.
      put(dSums + place, f32x4.mul(atCell, get(cellGamma + place, left)), left);
    }
    normaliseBackward(dSums, cells, units, load<f32>(inverses + 16), dSums);
    for (let u = 0; u < units; u += 4) {
      const place = (u as usize) << 2;
      const left = units - u;
      const total = f32x4.add(get(dc + place, left), get(dSums + place, left));
      let toCandidate = total;
      if (mask != 0) toCandidate = f32x4.mul(total, get(at(mask, r, maskStride) + place, left));
      const i = sigmoid(affine(gate, gateGamma, gateBeta, place, left));
      const j = tanh(affine(gate, gateGamma, gateBeta, part + place, left));
      const f = sigmoid(f32x4.add(affine(gate, gateGamma, gateBeta, 2 * part + place, left), all(1.0)));
      const c = get(at(before, r, beforeStride) + place, left);
      put(dGates + place, f32x4.mul(f32x4.mul(toCandidate, j), slopeOfSigmoid(i)), left);
      put(dGates + part + place, f32x4.mul(f32x4.mul(toCandidate, i), slopeOfTanh(j)), left);
      put(dGates + 2 * part + place, f32x4.mul(f32x4.mul(total, c), slopeOfSigmoid(f)), left);
      put(dc + place, f32x4.mul(total, f), left);
    }
    for (let k: usize = 0; k < 4; k++) {
      const from = k * part;
      for (let u = 0; u < units; u += 4) {
        const place = from + ((u as usize) << 2);
        const left = units - u;
        put(dSums + place, f32x4.mul(get(dGates + place, left), get(gateGamma + place, left)), left);
      }
      normaliseBackward(dSums + from, gate + from, units, load<f32>(inverses + (k << 2)), dSums + from);
    }
  }
}
