import { LOG_SIGMA_LIMIT, REFERENCE_EPSILON, RHO_LIMIT } from '@sketch-rnn/core';
import type { Kernels } from '../../fused/kernels.ts';
import { kernel } from '../kernel.ts';
import { isNan } from '../numbers.ts';
import type { Run } from '../recorder.ts';

/** A thread takes one row. */
const THREADS = 64;

/**
 * WGSL's `component`: what the density of one component is made of, and its logarithm without the weight.
 *
 * 1 - |rho| comes from exp, not from rho, and the distance is written by it: in float32 the plain formulas lose all their digits
 * where |rho| is nearly 1 (left = (1 - |rho|) (1 + |rho|); zx^2 + zy^2 - 2 rho zx zy = (zx -+ zy)^2 +- 2 (1 - |rho|) zx zy).
 */
const component = /* wgsl */ `
${isNan}
struct Component { zx: f32, zy: f32, scaleX: f32, scaleY: f32, rho: f32, slope: f32, left: f32, ux: f32, uy: f32, log: f32 }
fn bounded(call: Call, raw: f32) -> f32 {
  return select(raw, clamp(raw, -call.logSigmaLimit, call.logSigmaLimit), call.bounded != 0.0 && !isNan(raw));
}
fn componentOf(call: Call, r: u32, k: u32, count: u32) -> Component {
  let raw = at(call.raw, r, 3u + k);
  let logX = bounded(call, memory[raw + 3u * count]);
  let logY = bounded(call, memory[raw + 4u * count]);
  let turned = memory[raw + 5u * count];
  var one: Component;
  one.scaleX = exp(-logX);
  one.scaleY = exp(-logY);
  one.zx = (memory[at(call.targets, r, 0u)] - memory[raw + count]) * one.scaleX;
  one.zy = (memory[at(call.targets, r, 1u)] - memory[raw + 2u * count]) * one.scaleY;
  let away = 2.0 / (exp(min(2.0 * abs(turned), 80.0)) + 1.0); // 1 - |tanh|
  let side = select(1.0, -1.0, turned < 0.0);
  one.slope = away * (2.0 - away) * (1.0 - call.rhoMargin);      // d rho / d raw
  let gap = call.rhoMargin + (1.0 - call.rhoMargin) * away;    // 1 - |rho|
  one.rho = side * (1.0 - gap);
  one.left = gap * (2.0 - gap);
  let apart = one.zx - side * one.zy;
  let distance = apart * apart + 2.0 * side * gap * one.zx * one.zy;
  one.ux = (apart + side * gap * one.zy) / one.left;
  one.uy = (side * gap * one.zx - side * apart) / one.left;
  one.log = -0.5 * distance / one.left - logX - logY - 0.5 * log(one.left) - ${Math.log(2 * Math.PI)};
  return one;
}
`;

const MIXTURE = kernel({
  label: 'mixture',
  matrices: ['raw', 'targets', 'logs'],
  writes: ['raw', 'logs'],
  optional: ['weights'],
  numbers: ['scale', 'bounded', 'rhoMargin', 'logSigmaLimit', 'epsilon'],
  code: /* wgsl */ `
${component}
fn inside(call: Call, raw: f32) -> f32 {
  return select(1.0, 0.0, call.bounded != 0.0 && abs(raw) > call.logSigmaLimit);
}
fn pen(call: Call, r: u32) -> f32 {
  let raw = at(call.raw, r, 0u);
  let target0 = at(call.targets, r, 2u);
  let logits = vec3f(memory[raw], memory[raw + 1u], memory[raw + 2u]);
  let pens = vec3f(memory[target0], memory[target0 + 1u], memory[target0 + 2u]);
  let lowered = logits - max(logits.x, max(logits.y, logits.z));
  let shares = exp(lowered);
  let sum = shares.x + shares.y + shares.z;
  if (call.weights.rows > 0u) {
    let d = -call.scale * memory[at(call.weights, r, 1u)] * (pens - shares / sum);
    for (var k = 0u; k < 3u; k++) { memory[raw + k] = d[k]; }
  }
  return dot(lowered - log(sum), pens);
}
@compute @workgroup_size(${THREADS})
fn main(@builtin(global_invocation_id) thread: vec3u) {
  let call = calls[thread.z];
  let r = thread.x;
  if (r >= call.raw.rows) { return; }
  let count = (call.raw.columns - 3u) / 6u;
  let logits = at(call.raw, r, 3u);

  var highestLogit = memory[logits];
  for (var k = 1u; k < count; k++) { highestLogit = max(highestLogit, memory[logits + k]); }
  var weightSum = 0.0;
  for (var k = 0u; k < count; k++) { weightSum += exp(memory[logits + k] - highestLogit); }
  let logWeights = highestLogit + log(weightSum);

  // log-sum-exp in one pass, the sum rescaled when a higher one comes; the reference's form is not rescaled.
  var highest = 0.0;
  var sum = 0.0;
  for (var k = 0u; k < count; k++) {
    let density = memory[logits + k] - logWeights + componentOf(call, r, k, count).log;
    if (call.bounded != 0.0 && (k == 0u || density > highest)) {
      sum *= exp(min(highest - density, 0.0));
      highest = density;
    }
    sum += exp(density - highest);
  }
  let whole = sum + call.epsilon;
  memory[at(call.logs, r, 0u)] = highest + log(whole);

  if (call.weights.rows > 0u) {
    let factor = -call.scale * memory[at(call.weights, r, 0u)];
    // What of the sum stands on components: all of it, but for the reference's epsilon.
    let counted = sum / whole;
    for (var k = 0u; k < count; k++) {
      let one = componentOf(call, r, k, count);
      let raw = logits + k;
      let logWeight = memory[raw] - logWeights;
      let share = exp(logWeight + one.log - highest) / whole;
      let rhoSlope = one.rho / one.left + one.ux * one.uy;
      memory[raw] = factor * (share - exp(logWeight) * counted);
      memory[raw + count] = factor * share * one.ux * one.scaleX;
      memory[raw + 2u * count] = factor * share * one.uy * one.scaleY;
      let logX = memory[raw + 3u * count];
      let logY = memory[raw + 4u * count];
      memory[raw + 3u * count] = factor * share * (one.zx * one.ux - 1.0) * inside(call, logX);
      memory[raw + 4u * count] = factor * share * (one.zy * one.uy - 1.0) * inside(call, logY);
      memory[raw + 5u * count] = factor * share * rhoSlope * one.slope;
    }
  }
  memory[at(call.logs, r, 1u)] = pen(call, r);
}`,
});

/** The mixture's loss, and its gradient in place of the decoder's output. */
export function mixture(run: Run): Pick<Kernels, 'mixture'> {
  return {
    mixture({ raw, targets, logs, form, gradient }) {
      const bounds =
        form === 'log'
          ? { bounded: 1, rhoMargin: 1 - RHO_LIMIT, logSigmaLimit: LOG_SIGMA_LIMIT, epsilon: 0 }
          : { bounded: 0, rhoMargin: 0, logSigmaLimit: 0, epsilon: REFERENCE_EPSILON };
      const call = { raw, targets, logs, weights: gradient?.weights, scale: gradient?.scale ?? 0, ...bounds };
      run(MIXTURE, [call], [Math.ceil(raw.rows / THREADS), 1]);
    },
  };
}
