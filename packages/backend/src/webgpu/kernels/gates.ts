import type { LstmStep } from '../../fused/kernel-steps.ts';
import type { Kernels } from '../../fused/kernels.ts';
import { byPrecision, numberAt, type Precision } from '../halves.ts';
import { kernel } from '../kernel.ts';
import { activations } from '../numbers.ts';
import type { Run } from '../recorder.ts';

/** A workgroup computes this many rows, two a thread, and units, one a thread; all four gates of them. */
const ROWS = 32;
const UNITS = 16;

/** Added to the forget gate (core `reference/gates.ts`). */
export const FORGET_BIAS = '1.0';

/** WGSL's `factor`: an element of a factor that may be transposed. */
const factorAt = (precision: Precision): string => /* wgsl */ `
fn factor(m: Matrix, transposed: f32, p: u32, j: u32) -> f32 {
  return ${numberAt(precision, 'select(at(m, p, j), at(m, j, p), transposed != 0.0)')};
}
`;

/** Terms of h U that a workgroup holds at a time. */
const DEPTH = 16;

/** Product, gates and state of a step; a vector holds the four gates of a unit. */
const FORWARD = byPrecision((precision) =>
  kernel({
    label: `lstm, ${precision}`,
    matrices: ['hidden', 'weights', 'gates', 'cellBefore', 'cell', 'output'],
    writes: ['gates', 'cell', 'output'],
    optional: ['mask'],
    numbers: ['transposed'],
    code: /* wgsl */ `
${activations}
${factorAt(precision)}
var<workgroup> hiddenTile: array<f32, ${ROWS * (DEPTH + 1)}>;
var<workgroup> weightTile: array<vec4f, ${DEPTH * UNITS}>;
fn remember(call: Call, r: u32, u: u32, sums: vec4f) {
  let units = call.cell.columns;
  if (r >= call.cell.rows || u >= units) { return; }
  let i = sigmoid(memory[at(call.gates, r, u)] + sums.x);
  let j = hyperbolic(memory[at(call.gates, r, units + u)] + sums.y);
  let f = sigmoid(memory[at(call.gates, r, 2u * units + u)] + sums.z + ${FORGET_BIAS});
  let o = sigmoid(memory[at(call.gates, r, 3u * units + u)] + sums.w);
  memory[at(call.gates, r, u)] = i;
  memory[at(call.gates, r, units + u)] = j;
  memory[at(call.gates, r, 2u * units + u)] = f;
  memory[at(call.gates, r, 3u * units + u)] = o;
  var kept = 1.0;
  if (call.mask.rows > 0u) { kept = memory[at(call.mask, r, u)]; }
  let c = memory[at(call.cellBefore, r, u)] * f + i * j * kept;
  memory[at(call.cell, r, u)] = c;
  memory[at(call.output, r, u)] = hyperbolic(c) * o;
}
@compute @workgroup_size(${UNITS}, ${ROWS / 2})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) local: vec3u,
  @builtin(local_invocation_index) index: u32) {
  let call = calls[group.z];
  let units = call.cell.columns;
  let depth = call.hidden.columns;
  let firstRow = group.y * ${ROWS}u;
  let firstUnit = group.x * ${UNITS}u;
  var upper = vec4f();
  var lower = vec4f();
  for (var first = 0u; first < depth; first += ${DEPTH}u) {
    for (var e = index; e < ${ROWS * DEPTH}u; e += 256u) {
      let i = e / ${DEPTH}u;
      let p = e % ${DEPTH}u;
      var value = 0.0;
      if (firstRow + i < call.cell.rows && first + p < depth) { value = memory[at(call.hidden, firstRow + i, first + p)]; }
      hiddenTile[i * ${DEPTH + 1}u + p] = value;
    }
    let p = first + index / ${UNITS}u;
    let u = firstUnit + index % ${UNITS}u;
    var weights = vec4f();
    if (p < depth && u < units) {
      for (var gate = 0u; gate < 4u; gate++) { weights[gate] = factor(call.weights, call.transposed, p, gate * units + u); }
    }
    weightTile[index] = weights;
    workgroupBarrier();
    for (var k = 0u; k < ${DEPTH}u; k++) {
      let column = weightTile[k * ${UNITS}u + local.x];
      upper += hiddenTile[local.y * ${DEPTH + 1}u + k] * column;
      lower += hiddenTile[(local.y + ${ROWS / 2}u) * ${DEPTH + 1}u + k] * column;
    }
    workgroupBarrier();
  }
  remember(call, firstRow + local.y, firstUnit + local.x, upper);
  remember(call, firstRow + local.y + ${ROWS / 2}u, firstUnit + local.x, lower);
}`,
  }),
);

/** Terms of the product that a workgroup holds at a time: 16 vectors of four. */
const BACKWARD_DEPTH = 64;

/** Product of the later step's gradient with U^T, then the gates' gradient; a vector holds four terms of the product. */
const BACKWARD = kernel({
  label: 'lstmBackward',
  matrices: ['gates', 'cellBefore', 'cell', 'outer', 'cellGradient'],
  writes: ['gates', 'cellGradient'],
  optional: ['mask', 'later', 'weights'],
  numbers: ['outerFrom', 'transposed'],
  code: /* wgsl */ `
${activations}
${factorAt('single')}
var<workgroup> laterTile: array<vec4f, ${ROWS * 17}>;
var<workgroup> weightTile: array<vec4f, ${UNITS * 17}>;
fn back(call: Call, r: u32, u: u32, inner: f32) {
  let units = call.cell.columns;
  if (r >= call.cell.rows || u >= units) { return; }
  let i = memory[at(call.gates, r, u)];
  let j = memory[at(call.gates, r, units + u)];
  let f = memory[at(call.gates, r, 2u * units + u)];
  let o = memory[at(call.gates, r, 3u * units + u)];
  var kept = 1.0;
  if (call.mask.rows > 0u) { kept = memory[at(call.mask, r, u)]; }
  let tanhC = hyperbolic(memory[at(call.cell, r, u)]);
  var dh = inner;
  if (r >= u32(call.outerFrom)) { dh += memory[at(call.outer, r, u)]; }
  let dc = memory[at(call.cellGradient, r, u)] + dh * o * (1.0 - tanhC) * (1.0 + tanhC);
  memory[at(call.gates, r, u)] = dc * j * kept * i * (1.0 - i);
  memory[at(call.gates, r, units + u)] = dc * i * kept * (1.0 - j) * (1.0 + j);
  memory[at(call.gates, r, 2u * units + u)] = dc * memory[at(call.cellBefore, r, u)] * f * (1.0 - f);
  memory[at(call.gates, r, 3u * units + u)] = dh * tanhC * o * (1.0 - o);
  memory[at(call.cellGradient, r, u)] = dc * f;
}
@compute @workgroup_size(${UNITS}, ${ROWS / 2})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) local: vec3u,
  @builtin(local_invocation_index) index: u32) {
  let call = calls[group.z];
  let firstRow = group.y * ${ROWS}u;
  let firstUnit = group.x * ${UNITS}u;
  // Rows that ended at the later step have no inner gradient: a workgroup of such rows skips the product.
  let depth = select(0u, call.later.columns, firstRow < call.later.rows);
  var upper = 0.0;
  var lower = 0.0;
  for (var first = 0u; first < depth; first += ${BACKWARD_DEPTH}u) {
    for (var e = index; e < ${ROWS * 16}u; e += 256u) {
      let r = firstRow + e / 16u;
      let p = first + e % 16u * 4u;
      var value = vec4f();
      for (var k = 0u; k < 4u; k++) {
        if (r < call.later.rows && p + k < depth) { value[k] = memory[at(call.later, r, p + k)]; }
      }
      laterTile[e / 16u * 17u + e % 16u] = value;
    }
    let u = firstUnit + index / 16u;
    let p = first + index % 16u * 4u;
    var weights = vec4f();
    for (var k = 0u; k < 4u; k++) {
      if (u < call.cell.columns && p + k < depth) { weights[k] = factor(call.weights, call.transposed, p + k, u); }
    }
    weightTile[index / 16u * 17u + index % 16u] = weights;
    workgroupBarrier();
    for (var k = 0u; k < 16u; k++) {
      let column = weightTile[local.x * 17u + k];
      upper += dot(laterTile[local.y * 17u + k], column);
      lower += dot(laterTile[(local.y + ${ROWS / 2}u) * 17u + k], column);
    }
    workgroupBarrier();
  }
  back(call, firstRow + local.y, firstUnit + local.x, upper);
  back(call, firstRow + local.y + ${ROWS / 2}u, firstUnit + local.x, lower);
}`,
});

/** LSTM steps of several layers in one dispatch, forward and back. */
export function gates(run: Run): Pick<Kernels, 'lstm' | 'lstmBackward'> {
  return {
    lstm(steps) {
      // Those of one precision come to share a dispatch.
      for (const { hiddenWeights, ...step } of steps) {
        run(FORWARD(hiddenWeights.matrix), [{ ...step, ...factorArguments(hiddenWeights) }], groupsOf([step]));
      }
    },
    lstmBackward(steps) {
      const calls = steps.map(({ later, ...step }) => ({
        ...step,
        later: later?.gradient,
        ...(later ? factorArguments(later.hiddenWeights) : { transposed: 0 }),
      }));
      run(BACKWARD, calls, groupsOf(steps));
    },
  };
}

function factorArguments({ matrix, transposed }: LstmStep['hiddenWeights']) {
  return { weights: matrix, transposed: Number(transposed) };
}

/** As many as the largest layer needs. */
function groupsOf(steps: readonly Pick<LstmStep, 'cell'>[]): [x: number, y: number] {
  const most = (of: 'rows' | 'columns'): number => Math.max(...steps.map(({ cell }) => cell[of]));
  return [Math.ceil(most('columns') / UNITS), Math.ceil(most('rows') / ROWS)];
}
