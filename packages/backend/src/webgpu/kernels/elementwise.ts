import type { Kernels } from '../../fused/kernels.ts';
import { kernel } from '../kernel.ts';
import { activations } from '../numbers.ts';
import type { Run } from '../recorder.ts';
import { everywhere, groupsOver } from './everywhere.ts';

const FILL = kernel({
  label: 'fill',
  matrices: ['out'],
  writes: ['out'],
  numbers: ['value'],
  code: everywhere('out', 'memory[at(call.out, r, c)] = call.value;'),
});

const SCALE = kernel({
  label: 'scale',
  matrices: ['out', 'factor'],
  writes: ['out'],
  code: everywhere('out', 'memory[at(call.out, r, c)] *= memory[at(call.factor, r, c)];'),
});

const TANH = kernel({
  label: 'tanh',
  matrices: ['out'],
  writes: ['out'],
  code: activations + everywhere('out', 'let place = at(call.out, r, c); memory[place] = hyperbolic(memory[place]);'),
});

const TANH_BACKWARD = kernel({
  label: 'tanhBackward',
  matrices: ['gradient', 'y'],
  writes: ['gradient'],
  code: everywhere(
    'gradient',
    'let y = memory[at(call.y, r, c)]; memory[at(call.gradient, r, c)] *= (1.0 - y) * (1.0 + y);',
  ),
});

const MODULATE = kernel({
  label: 'modulate',
  matrices: ['modulation', 'x', 'h', 'bias', 'sums'],
  writes: ['sums'],
  code: everywhere(
    'sums',
    /* wgsl */ `
    let width = call.sums.columns;
    let scaleX = memory[at(call.modulation, r, c)];
    let scaleH = memory[at(call.modulation, r, width + c)];
    let shift = memory[at(call.modulation, r, 2u * width + c)];
    memory[at(call.sums, r, c)] = scaleX * memory[at(call.x, r, c)] + scaleH * memory[at(call.h, r, c)] + shift
      + memory[at(call.bias, 0u, c)];`,
  ),
});

const MODULATE_BACKWARD = kernel({
  label: 'modulateBackward',
  matrices: ['gradient', 'modulation', 'x', 'h'],
  writes: ['modulation', 'x', 'h'],
  code: everywhere(
    'gradient',
    /* wgsl */ `
    let width = call.gradient.columns;
    let d = memory[at(call.gradient, r, c)];
    let toScaleX = at(call.modulation, r, c);
    let toScaleH = at(call.modulation, r, width + c);
    let toX = at(call.x, r, c);
    let toH = at(call.h, r, c);
    let scaleX = memory[toScaleX];
    let scaleH = memory[toScaleH];
    memory[toScaleX] = d * memory[toX];
    memory[toScaleH] = d * memory[toH];
    memory[at(call.modulation, r, 2u * width + c)] = d;
    memory[toX] = d * scaleX;
    memory[toH] = d * scaleH;`,
  ),
});

/** What is done to every number on its own. */
export function elementwise(
  run: Run,
): Pick<Kernels, 'fill' | 'scale' | 'tanh' | 'tanhBackward' | 'modulate' | 'modulateBackward'> {
  return {
    fill: (out, value) => run(FILL, [{ out, value }], groupsOver(out)),
    scale: (out, factor) => run(SCALE, [{ out, factor }], groupsOver(out)),
    tanh: (out) => run(TANH, [{ out }], groupsOver(out)),
    tanhBackward: (gradient, y) => run(TANH_BACKWARD, [{ gradient, y }], groupsOver(gradient)),
    modulate: (step) => run(MODULATE, [step], groupsOver(step.sums)),
    modulateBackward: (step) => run(MODULATE_BACKWARD, [step], groupsOver(step.gradient)),
  };
}
