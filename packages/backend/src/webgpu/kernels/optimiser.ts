import type { Kernels } from '../../fused/kernels.ts';
import type { Matrix } from '../../fused/matrix.ts';
import { kernel } from '../kernel.ts';
import type { Run } from '../recorder.ts';
import { everywhere, groupsOver } from './everywhere.ts';

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

const THREADS = 256;

/** The most workgroups for a matrix; each thread looks at every so-many-th number. */
const MOST_GROUPS = 256;

/** A number is not finite where all bits of its exponent are set: comparisons may be compiled as if there were no such numbers. */
const FINITE = kernel({
  label: 'finite',
  matrices: ['values', 'out'],
  writes: ['out'],
  code: /* wgsl */ `
@compute @workgroup_size(${THREADS})
fn main(@builtin(global_invocation_id) thread: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let call = calls[thread.z];
  var finite = true;
  for (var i = thread.x; i < call.values.rows * call.values.columns; i += groups.x * ${THREADS}u) {
    finite = finite && (bitcast<u32>(memory[call.values.address + i]) & 0x7f800000u) != 0x7f800000u;
  }
  if (!finite) { memory[call.out.address] = 0.0; }
}`,
});

const ONE = kernel({
  label: 'one',
  matrices: ['out'],
  writes: ['out'],
  code: /* wgsl */ `
@compute @workgroup_size(1)
fn main(@builtin(workgroup_id) group: vec3u) { memory[calls[group.z].out.address] = 1.0; }`,
});

const ADAM = kernel({
  label: 'adam',
  matrices: ['weights', 'gradients', 'first', 'second', 'apply'],
  writes: ['weights', 'first', 'second'],
  numbers: ['rate', 'clip'],
  code: everywhere(
    'weights',
    /* wgsl */ `
    if (memory[call.apply.address] == 0.0) { return; }
    let d = clamp(memory[at(call.gradients, r, c)], -call.clip, call.clip);
    let toFirst = at(call.first, r, c);
    let toSecond = at(call.second, r, c);
    let first = ${BETA1} * memory[toFirst] + ${1 - BETA1} * d;
    let second = ${BETA2} * memory[toSecond] + ${1 - BETA2} * d * d;
    memory[toFirst] = first;
    memory[toSecond] = second;
    memory[at(call.weights, r, c)] -= call.rate * first / (sqrt(second) + ${EPSILON});`,
  ),
});

/** What closes a step of training. */
export function optimiser(run: Run): Pick<Kernels, 'finite' | 'adam'> {
  return {
    finite(values: readonly Matrix[], out) {
      run(ONE, [{ out }], [1, 1]);
      const largest = Math.max(...values.map(({ rows, columns }) => rows * columns));
      const calls = values.map((matrix) => ({ values: matrix, out }));
      run(FINITE, calls, [Math.min(Math.ceil(largest / THREADS), MOST_GROUPS), 1]);
    },
    adam: (update) => run(ADAM, [update], groupsOver(update.weights)),
  };
}
