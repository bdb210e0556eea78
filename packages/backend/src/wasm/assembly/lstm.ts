/** Gates and memory of an LSTM, the product done. Addresses are in bytes, strides in numbers. */
import { at, get, put } from './lanes';
import { all, sigmoid, slopeOfSigmoid, slopeOfTanh, tanh } from './math';

/** Gates in: sums; out: sigmoid(i), tanh(j), sigmoid(f + 1), sigmoid(o). A mask of 0 is none. */
export function lstm(
  gates: usize,
  gateStride: i32,
  before: usize,
  beforeStride: i32,
  cell: usize,
  cellStride: i32,
  output: usize,
  outputStride: i32,
  mask: usize,
  maskStride: i32,
  rows: i32,
  units: i32,
): void {
  const part = (units as usize) << 2;
  const whole = units & ~3;
  for (let r = 0; r < rows; r++) {
    const gate = at(gates, r, gateStride);
    const cellBefore = at(before, r, beforeStride);
    const kept: usize = mask == 0 ? 0 : at(mask, r, maskStride);
    const c = at(cell, r, cellStride);
    const h = at(output, r, outputStride);
    for (let u = 0; u < whole; u += 4) fourUnits(gate, part, cellBefore, kept, c, h, u, 4);
    if (whole < units) fourUnits(gate, part, cellBefore, kept, c, h, whole, units - whole);
  }
}

/** Four units of a row from unit `u` on, or as many as are left. With a constant for `left` there is not a branch in it. */
// @ts-ignore: decorator
@inline
function fourUnits(
  gate: usize,
  part: usize,
  before: usize,
  mask: usize,
  cell: usize,
  output: usize,
  u: i32,
  left: i32,
): void {
  const place = (u as usize) << 2;
  const atI = gate + place;
  const atJ = atI + part;
  const atF = atJ + part;
  const atO = atF + part;
  let kept = all(1.0);
  if (mask != 0) kept = get(mask + place, left);
  const i = sigmoid(get(atI, left));
  const j = tanh(get(atJ, left));
  const f = sigmoid(f32x4.add(get(atF, left), all(1.0)));
  const o = sigmoid(get(atO, left));
  const candidate = f32x4.mul(f32x4.mul(i, j), kept);
  const c = f32x4.add(f32x4.mul(get(before + place, left), f), candidate);
  put(atI, i, left);
  put(atJ, j, left);
  put(atF, f, left);
  put(atO, o, left);
  put(cell + place, c, left);
  put(output + place, f32x4.mul(tanh(c), o), left);
}

/** Gates in: as `lstm` left them, out: the gradient at the sums; the gradient at h is all there. */
export function lstmBackward(
  gates: usize,
  gateStride: i32,
  before: usize,
  beforeStride: i32,
  cell: usize,
  cellStride: i32,
  mask: usize,
  maskStride: i32,
  hiddenGradient: usize,
  hiddenStride: i32,
  cellGradient: usize,
  gradientStride: i32,
  rows: i32,
  units: i32,
): void {
  const part = (units as usize) << 2;
  for (let r = 0; r < rows; r++) {
    const gate = at(gates, r, gateStride);
    for (let u = 0; u < units; u += 4) {
      const place = (u as usize) << 2;
      const left = units - u;
      const i = get(gate + place, left);
      const j = get(gate + part + place, left);
      const f = get(gate + 2 * part + place, left);
      const o = get(gate + 3 * part + place, left);
      const dh = get(at(hiddenGradient, r, hiddenStride) + place, left);
      const tanhC = tanh(get(at(cell, r, cellStride) + place, left));
      const carried = at(cellGradient, r, gradientStride) + place;
      const throughOutput = f32x4.mul(f32x4.mul(dh, o), slopeOfTanh(tanhC));
      const dc = f32x4.add(get(carried, left), throughOutput);
      let toCandidate = dc;
      if (mask != 0) toCandidate = f32x4.mul(dc, get(at(mask, r, maskStride) + place, left));
      const c = get(at(before, r, beforeStride) + place, left);
      put(gate + place, f32x4.mul(f32x4.mul(toCandidate, j), slopeOfSigmoid(i)), left);
      put(gate + part + place, f32x4.mul(f32x4.mul(toCandidate, i), slopeOfTanh(j)), left);
      put(gate + 2 * part + place, f32x4.mul(f32x4.mul(dc, c), slopeOfSigmoid(f)), left);
      put(gate + 3 * part + place, f32x4.mul(f32x4.mul(dh, tanhC), slopeOfSigmoid(o)), left);
      put(carried, f32x4.mul(dc, f), left);
    }
  }
}
