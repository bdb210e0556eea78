import type { NormBackwardStep, NormStep } from '../kernel-steps.ts';
import type { Kernels } from '../kernels.ts';
import { FORGET_BIAS, sigmoid } from './gates.ts';
import { type Memory, row } from './memory.ts';

/** Added to the variance, inside the root (core `reference/normalise.ts`). */
const EPSILON = 1e-3;

/** Layer-norm LSTM steps after their products, forward and back. */
export function norm(memory: Memory): Pick<Kernels, 'norm' | 'normBackward'> {
  return {
    norm: (step) => {
      for (let r = 0; r < step.cell.rows; r++) forward(memory, step, r);
    },
    normBackward: (step) => {
      for (let r = 0; r < step.cellGradient.rows; r++) backward(memory, step, r);
    },
  };
}

function forward(memory: Memory, step: NormStep, r: number): void {
  const units = step.cell.columns;
  const sums = row(memory, step.sums, r);
  const inverse = row(memory, step.inverse, r);
  for (let gate = 0; gate < 4; gate++) inverse[gate] = normalise(sums.subarray(gate * units, (gate + 1) * units));
  const [gamma, beta] = [row(memory, step.gateGamma, 0), row(memory, step.gateBeta, 0)];
  const before = row(memory, step.cellBefore, r);
  const mask = step.mask && row(memory, step.mask, r);
  const [cell, unit] = [row(memory, step.cell, r), row(memory, step.cellUnit, r)];
  const gateAt = (place: number): number =>
    (sums[place] as number) * (gamma[place] as number) + (beta[place] as number);
  for (let u = 0; u < units; u++) {
    const kept = mask ? (mask[u] as number) : 1;
    const f = sigmoid(gateAt(2 * units + u) + FORGET_BIAS);
    cell[u] = (before[u] as number) * f + sigmoid(gateAt(u)) * Math.tanh(gateAt(units + u)) * kept;
  }
  unit.set(cell);
  inverse[4] = normalise(unit);
  const [cellGamma, cellBeta] = [row(memory, step.cellGamma, 0), row(memory, step.cellBeta, 0)];
  const output = row(memory, step.output, r);
  for (let u = 0; u < units; u++) {
    const normalised = (unit[u] as number) * (cellGamma[u] as number) + (cellBeta[u] as number);
    output[u] = Math.tanh(normalised) * sigmoid(gateAt(3 * units + u));
  }
}

function backward(memory: Memory, step: NormBackwardStep, r: number): void {
  const units = step.cellGradient.columns;
  const unit = row(memory, step.unit, r);
  const inverse = row(memory, step.inverse, r);
  const [gamma, beta] = [row(memory, step.gateGamma, 0), row(memory, step.gateBeta, 0)];
  const [cellGamma, cellBeta] = [row(memory, step.cellGamma, 0), row(memory, step.cellBeta, 0)];
  const cellUnit = row(memory, step.cellUnit, r);
  const before = row(memory, step.cellBefore, r);
  const mask = step.mask && row(memory, step.mask, r);
  const dh = row(memory, step.hiddenGradient, r);
  const dc = row(memory, step.cellGradient, r);
  const dGates = row(memory, step.gateAffineGradient, r);
  const dCell = row(memory, step.cellAffineGradient, r);
  const dSums = row(memory, step.sumGradient, r);
  const gateAt = (place: number): number =>
    (unit[place] as number) * (gamma[place] as number) + (beta[place] as number);

  for (let u = 0; u < units; u++) {
    const o = sigmoid(gateAt(3 * units + u));
    const tanhC = Math.tanh((cellUnit[u] as number) * (cellGamma[u] as number) + (cellBeta[u] as number));
    dGates[3 * units + u] = (dh[u] as number) * tanhC * o * (1 - o);
    dCell[u] = (dh[u] as number) * o * (1 - tanhC * tanhC);
  }
  const through = normaliseBackward(
    dCell.map((d, u) => d * (cellGamma[u] as number)),
    cellUnit,
    inverse[4] as number,
  );
  for (let u = 0; u < units; u++) {
    const total = (dc[u] as number) + (through[u] as number);
    const kept = mask ? (mask[u] as number) : 1;
    const [i, j, f] = [sigmoid(gateAt(u)), Math.tanh(gateAt(units + u)), sigmoid(gateAt(2 * units + u) + FORGET_BIAS)];
    dGates[u] = total * j * kept * i * (1 - i);
    dGates[units + u] = total * i * kept * (1 - j * j);
    dGates[2 * units + u] = total * (before[u] as number) * f * (1 - f);
    dc[u] = total * f;
  }
  for (let gate = 0; gate < 4; gate++) {
    const block = (values: Float32Array): Float32Array => values.subarray(gate * units, (gate + 1) * units);
    const gains = block(gamma);
    const d = block(dGates).map((value, u) => value * (gains[u] as number));
    block(dSums).set(normaliseBackward(d, block(unit), inverse[gate] as number));
  }
}

/** Makes x (x - mean) / deviation and gives 1 / deviation. */
function normalise(x: Float32Array): number {
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
  const variance = x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / x.length;
  const inverse = 1 / Math.sqrt(variance + EPSILON);
  for (const [i, value] of x.entries()) x[i] = (value - mean) * inverse;
  return inverse;
}

/** (d - mean(d) - unit mean(d unit)) / deviation. */
function normaliseBackward(d: Float32Array, unit: Float32Array, inverse: number): Float32Array {
  const mean = d.reduce((sum, value) => sum + value, 0) / d.length;
  const along = d.reduce((sum, value, i) => sum + value * (unit[i] as number), 0) / d.length;
  return d.map((value, i) => (value - mean - (unit[i] as number) * along) * inverse);
}
