import type { Kernels } from '../../fused/kernels.ts';
import { kernel } from '../kernel.ts';
import { workgroupTotal } from '../numbers.ts';
import type { Run } from '../recorder.ts';
import { everywhere, groupsOver } from './everywhere.ts';

const THREADS = 64;

/** A workgroup takes one sketch. */
const LATENT = kernel({
  label: 'latent',
  matrices: ['mean', 'logVariance', 'epsilon', 'flags', 'z', 'divergence'],
  writes: ['z', 'divergence'],
  code: /* wgsl */ `
${workgroupTotal(THREADS, 'f32')}
@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) index: u32) {
  let call = calls[group.z];
  let r = group.x;
  if (r >= call.mean.rows) { return; }
  let flag = memory[at(call.flags, r, 0u)];
  var sum = 0.0;
  for (var c = index; c < call.mean.columns; c += ${THREADS}u) {
    let mean = memory[at(call.mean, r, c)];
    let spread = memory[at(call.logVariance, r, c)];
    memory[at(call.z, r, c)] = (mean + exp(spread * 0.5) * memory[at(call.epsilon, r, c)]) * flag;
    sum += 1.0 + spread - mean * mean - exp(spread);
  }
  let divergence = total(sum, index) * -0.5 * flag / f32(call.mean.columns);
  if (index == 0u) { memory[at(call.divergence, r, 0u)] = divergence; }
}`,
});

const BACKWARD = kernel({
  label: 'latentBackward',
  matrices: ['mean', 'logVariance', 'epsilon', 'flags', 'zGradient', 'kl'],
  writes: ['mean', 'logVariance'],
  numbers: ['weight', 'tolerance'],
  code: everywhere(
    'mean',
    /* wgsl */ `
    let flag = memory[at(call.flags, r, 0u)];
    let pressed = select(0.0, call.weight, memory[call.kl.address] >= call.tolerance);
    let share = pressed * flag / f32(call.mean.columns);
    let d = memory[at(call.zGradient, r, c)] * flag;
    let toMean = at(call.mean, r, c);
    let toLog = at(call.logVariance, r, c);
    let spread = memory[toLog];
    memory[toMean] = d + share * memory[toMean];
    memory[toLog] = 0.5 * (d * exp(spread * 0.5) * memory[at(call.epsilon, r, c)] + share * (exp(spread) - 1.0));`,
  ),
});

/** The draw of z and its divergence, forward and back. */
export function latentKernels(run: Run): Pick<Kernels, 'latent' | 'latentBackward'> {
  return {
    latent: (step) => run(LATENT, [step], [step.mean.rows, 1]),
    latentBackward: (step) => run(BACKWARD, [step], groupsOver(step.mean)),
  };
}
