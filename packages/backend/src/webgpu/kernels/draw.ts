import { LOG_SIGMA_LIMIT, RHO_LIMIT, softening } from '@sketch-rnn/core';
import type { Kernels } from '../../fused/kernels.ts';
import { kernel } from '../kernel.ts';
import { activations } from '../numbers.ts';
import type { Run } from '../recorder.ts';

/** A thread draws for one sketch. */
const THREADS = 64;

/** Core's `drawRow` in float32. */
const DRAW = kernel({
  label: 'draw',
  matrices: ['raw', 'numbers', 'given', 'rows'],
  writes: ['rows'],
  numbers: ['mixtures', 'greedy', 'logits', 'sigma'],
  code: /* wgsl */ `
${activations}
fn likeliest(first: u32, count: u32) -> u32 {
  var best = 0u;
  for (var k = 1u; k < count; k++) { if (memory[first + k] > memory[first + best]) { best = k; } }
  return best;
}
fn weight(logit: f32, highest: f32, divisor: f32) -> f32 { return exp((logit - highest) / divisor); }
fn choose(first: u32, count: u32, divisor: f32, uniform01: f32) -> u32 {
  let highest = memory[first + likeliest(first, count)];
  var sum = 0.0;
  for (var k = 0u; k < count; k++) { sum += weight(memory[first + k], highest, divisor); }
  var left = uniform01 * sum;
  // Kept although left may never fall below 0 by rounding: the last possible choice is then the one.
  var chosen = 0u;
  for (var k = 0u; k < count; k++) {
    let share = weight(memory[first + k], highest, divisor);
    if (share == 0.0) { continue; }
    chosen = k;
    left -= share;
    if (left < 0.0) { break; }
  }
  return chosen;
}
fn chosenOf(call: Call, first: u32, count: u32, uniform01: f32) -> u32 {
  if (call.greedy != 0.0) { return likeliest(first, count); }
  return choose(first, count, call.logits, uniform01);
}
@compute @workgroup_size(${THREADS})
fn main(@builtin(global_invocation_id) thread: vec3u) {
  let call = calls[thread.z];
  let r = thread.x;
  if (r >= call.raw.rows) { return; }
  let row = at(call.rows, r, 0u);
  if (memory[row + 4u] == 1.0) { return; }
  let given = at(call.given, r, 0u);
  if (memory[given + 5u] == 1.0) {
    for (var k = 0u; k < 5u; k++) { memory[row + k] = memory[given + k]; }
    return;
  }
  let numbers = at(call.numbers, r, 0u);
  let count = u32(call.mixtures);
  let logits = at(call.raw, r, 3u);
  let j = logits + chosenOf(call, logits, count, memory[numbers]);
  let pen = chosenOf(call, at(call.raw, r, 0u), 3u, memory[numbers + 1u]);
  var dx = memory[j + count];
  var dy = memory[j + 2u * count];
  if (call.greedy == 0.0) {
    let sigmaX = exp(clamp(memory[j + 3u * count], -${LOG_SIGMA_LIMIT}.0, ${LOG_SIGMA_LIMIT}.0)) * call.sigma;
    let sigmaY = exp(clamp(memory[j + 4u * count], -${LOG_SIGMA_LIMIT}.0, ${LOG_SIGMA_LIMIT}.0)) * call.sigma;
    let rho = ${RHO_LIMIT} * hyperbolic(memory[j + 5u * count]);
    let x = memory[numbers + 2u];
    dx += sigmaX * x;
    dy += sigmaY * (rho * x + sqrt((1.0 - rho) * (1.0 + rho)) * memory[numbers + 3u]);
  }
  memory[row] = dx;
  memory[row + 1u] = dy;
  for (var k = 0u; k < 3u; k++) { memory[row + 2u + k] = select(0.0, 1.0, k == pen); }
}`,
});

/** The draw of the next row of every sketch. */
export function draw(run: Run): Pick<Kernels, 'draw'> {
  return {
    draw({ raw, numbers, given, rows, options: { mixtures, temperature, form } }) {
      const greedy = temperature === 0;
      const soft = greedy ? { logits: 1, sigma: 0 } : softening(temperature, form);
      const call = { raw, numbers, given, rows, mixtures, greedy: Number(greedy), ...soft };
      run(DRAW, [call], [Math.ceil(raw.rows / THREADS), 1]);
    },
  };
}
