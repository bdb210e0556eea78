import type { Kernels } from '../../fused/kernels.ts';
import { kernel } from '../kernel.ts';
import { activations, workgroupTotal } from '../numbers.ts';
import type { Run } from '../recorder.ts';
import { FORGET_BIAS } from './gates.ts';

/** A workgroup takes one row; a thread every 128th unit with its four gates, which it alone reads and writes. */
const THREADS = 128;

/** Added to the variance, inside the root (core `reference/normalise.ts`). */
const EPSILON = '1e-3';

const head = /* wgsl */ `
${activations}
${workgroupTotal(THREADS, 'vec4f')}
fn gatesAt(m: Matrix, r: u32, u: u32) -> vec4f {
  let units = m.columns / 4u;
  return vec4f(memory[at(m, r, u)], memory[at(m, r, units + u)], memory[at(m, r, 2u * units + u)],
    memory[at(m, r, 3u * units + u)]);
}
fn setGates(m: Matrix, r: u32, u: u32, values: vec4f) {
  let units = m.columns / 4u;
  for (var gate = 0u; gate < 4u; gate++) { memory[at(m, r, gate * units + u)] = values[gate]; }
}
fn activated(sums: vec4f) -> vec4f {
  return vec4f(sigmoid(sums.x), hyperbolic(sums.y), sigmoid(sums.z + ${FORGET_BIAS}), sigmoid(sums.w));
}
fn keptAt(mask: Matrix, r: u32, u: u32) -> f32 {
  if (mask.rows == 0u) { return 1.0; }
  return memory[at(mask, r, u)];
}
`;

const FORWARD = kernel({
  label: 'norm',
  matrices: [
    ...(['sums', 'inverse', 'cellBefore', 'cell', 'cellUnit', 'output'] as const),
    ...(['gateGamma', 'gateBeta', 'cellGamma', 'cellBeta'] as const),
  ],
  writes: ['sums', 'inverse', 'cell', 'cellUnit', 'output'],
  optional: ['mask'],
  code: /* wgsl */ `
${head}
@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) index: u32) {
  let call = calls[group.z];
  let r = group.x;
  if (r >= call.cell.rows) { return; }
  let units = call.cell.columns;
  let n = f32(units);

  var sums = vec4f();
  for (var u = index; u < units; u += ${THREADS}u) { sums += gatesAt(call.sums, r, u); }
  let mean = total(sums, index) / n;
  var squares = vec4f();
  for (var u = index; u < units; u += ${THREADS}u) {
    let away = gatesAt(call.sums, r, u) - mean;
    squares += away * away;
  }
  let inverse = 1.0 / sqrt(total(squares, index) / n + ${EPSILON});

  var cellSum = 0.0;
  for (var u = index; u < units; u += ${THREADS}u) {
    let unit = (gatesAt(call.sums, r, u) - mean) * inverse;
    setGates(call.sums, r, u, unit);
    let gates = activated(unit * gatesAt(call.gateGamma, 0u, u) + gatesAt(call.gateBeta, 0u, u));
    let c = memory[at(call.cellBefore, r, u)] * gates.z + gates.x * gates.y * keptAt(call.mask, r, u);
    memory[at(call.cell, r, u)] = c;
    cellSum += c;
  }
  let cellMean = total(vec4f(cellSum), index).x / n;
  var cellSquares = 0.0;
  for (var u = index; u < units; u += ${THREADS}u) {
    let away = memory[at(call.cell, r, u)] - cellMean;
    cellSquares += away * away;
  }
  let cellInverse = 1.0 / sqrt(total(vec4f(cellSquares), index).x / n + ${EPSILON});

  for (var u = index; u < units; u += ${THREADS}u) {
    let unit = (memory[at(call.cell, r, u)] - cellMean) * cellInverse;
    memory[at(call.cellUnit, r, u)] = unit;
    let normalised = unit * memory[at(call.cellGamma, 0u, u)] + memory[at(call.cellBeta, 0u, u)];
    let o = activated(gatesAt(call.sums, r, u) * gatesAt(call.gateGamma, 0u, u) + gatesAt(call.gateBeta, 0u, u)).w;
    memory[at(call.output, r, u)] = hyperbolic(normalised) * o;
  }
  if (index < 4u) { memory[at(call.inverse, r, index)] = inverse[index]; }
  if (index == 4u) { memory[at(call.inverse, r, 4u)] = cellInverse; }
}`,
});

/** Back through y = (x - mean) / deviation: (d - mean(d) - y mean(d y)) / deviation. */
const BACKWARD = kernel({
  label: 'normBackward',
  matrices: [
    ...(['unit', 'inverse', 'cellBefore', 'cellUnit', 'hiddenGradient', 'cellGradient'] as const),
    ...(['gateAffineGradient', 'cellAffineGradient', 'sumGradient'] as const),
    ...(['gateGamma', 'gateBeta', 'cellGamma', 'cellBeta'] as const),
  ],
  writes: ['cellGradient', 'gateAffineGradient', 'cellAffineGradient', 'sumGradient'],
  optional: ['mask'],
  code: /* wgsl */ `
${head}
@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) index: u32) {
  let call = calls[group.z];
  let r = group.x;
  if (r >= call.cellGradient.rows) { return; }
  let units = call.cellGradient.columns;
  let n = f32(units);

  var along = vec4f();
  for (var u = index; u < units; u += ${THREADS}u) {
    let o = activated(gatesAt(call.unit, r, u) * gatesAt(call.gateGamma, 0u, u) + gatesAt(call.gateBeta, 0u, u)).w;
    let unit = memory[at(call.cellUnit, r, u)];
    let gamma = memory[at(call.cellGamma, 0u, u)];
    let tanhC = hyperbolic(unit * gamma + memory[at(call.cellBeta, 0u, u)]);
    let dCell = memory[at(call.hiddenGradient, r, u)] * o * (1.0 - tanhC) * (1.0 + tanhC);
    memory[at(call.cellAffineGradient, r, u)] = dCell;
    let d = dCell * gamma;
    along += vec4f(d, d * unit, 0.0, 0.0);
  }
  let cellMeans = total(along, index) / n;
  let cellInverse = memory[at(call.inverse, r, 4u)];

  var sums = vec4f();
  var products = vec4f();
  for (var u = index; u < units; u += ${THREADS}u) {
    let gateUnit = gatesAt(call.unit, r, u);
    let gateGamma = gatesAt(call.gateGamma, 0u, u);
    let gates = activated(gateUnit * gateGamma + gatesAt(call.gateBeta, 0u, u));
    let unit = memory[at(call.cellUnit, r, u)];
    let gamma = memory[at(call.cellGamma, 0u, u)];
    let tanhC = hyperbolic(unit * gamma + memory[at(call.cellBeta, 0u, u)]);
    let d = memory[at(call.cellAffineGradient, r, u)] * gamma;
    let dc = memory[at(call.cellGradient, r, u)] + (d - cellMeans.x - unit * cellMeans.y) * cellInverse;
    let kept = keptAt(call.mask, r, u);
    let atGates = vec4f(
      dc * gates.y * kept * gates.x * (1.0 - gates.x),
      dc * gates.x * kept * (1.0 - gates.y) * (1.0 + gates.y),
      dc * memory[at(call.cellBefore, r, u)] * gates.z * (1.0 - gates.z),
      memory[at(call.hiddenGradient, r, u)] * tanhC * gates.w * (1.0 - gates.w));
    setGates(call.gateAffineGradient, r, u, atGates);
    memory[at(call.cellGradient, r, u)] = dc * gates.z;
    sums += atGates * gateGamma;
    products += atGates * gateGamma * gateUnit;
  }
  let means = total(sums, index) / n;
  let alongUnit = total(products, index) / n;
  let inverse = vec4f(memory[at(call.inverse, r, 0u)], memory[at(call.inverse, r, 1u)],
    memory[at(call.inverse, r, 2u)], memory[at(call.inverse, r, 3u)]);
  for (var u = index; u < units; u += ${THREADS}u) {
    let d = gatesAt(call.gateAffineGradient, r, u) * gatesAt(call.gateGamma, 0u, u);
    setGates(call.sumGradient, r, u, (d - means - gatesAt(call.unit, r, u) * alongUnit) * inverse);
  }
}`,
});

/** Layer-norm LSTM steps after their products, forward and back. */
export function norm(run: Run): Pick<Kernels, 'norm' | 'normBackward'> {
  return {
    norm: (step) => run(FORWARD, [step], [step.cell.rows, 1]),
    normBackward: (step) => run(BACKWARD, [step], [step.cellGradient.rows, 1]),
  };
}
