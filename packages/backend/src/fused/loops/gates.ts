import type { LstmBackwardStep, LstmStep } from '../kernel-steps.ts';
import type { Kernels } from '../kernels.ts';
import { type Memory, row } from './memory.ts';
import { product } from './products.ts';

/** Added to the forget gate (core `reference/gates.ts`). */
export const FORGET_BIAS = 1;

/** LSTM steps, forward and back. */
export function gates(memory: Memory): Pick<Kernels, 'lstm' | 'lstmBackward'> {
  return {
    lstm: (steps) => {
      for (const step of steps) forward(memory, step);
    },
    lstmBackward: (steps) => {
      for (const step of steps) backward(memory, step);
    },
  };
}

function forward(memory: Memory, step: LstmStep): void {
  const units = step.cell.columns;
  for (let r = 0; r < step.cell.rows; r++) {
    const gate = row(memory, step.gates, r);
    const sums = product(memory, row(memory, step.hidden, r), step.hiddenWeights);
    for (const [c, sum] of sums.entries()) gate[c] = (gate[c] as number) + sum;
    const before = row(memory, step.cellBefore, r);
    const mask = step.mask && row(memory, step.mask, r);
    const [cell, output] = [row(memory, step.cell, r), row(memory, step.output, r)];
    for (let u = 0; u < units; u++) {
      const i = sigmoid(gate[u] as number);
      const j = Math.tanh(gate[units + u] as number);
      const f = sigmoid((gate[2 * units + u] as number) + FORGET_BIAS);
      const o = sigmoid(gate[3 * units + u] as number);
      for (const [k, value] of [i, j, f, o].entries()) gate[k * units + u] = value;
      const kept = mask ? (mask[u] as number) : 1;
      const c = (before[u] as number) * f + i * j * kept;
      cell[u] = c;
      output[u] = Math.tanh(c) * o;
    }
  }
}

function backward(memory: Memory, step: LstmBackwardStep): void {
  const units = step.cell.columns;
  const { later } = step;
  for (let r = 0; r < step.cell.rows; r++) {
    const gate = row(memory, step.gates, r);
    const [cell, before] = [row(memory, step.cell, r), row(memory, step.cellBefore, r)];
    const mask = step.mask && row(memory, step.mask, r);
    const outer = r < step.outerFrom ? undefined : row(memory, step.outer, r);
    const inner =
      later && r < later.gradient.rows
        ? product(memory, row(memory, later.gradient, r), later.hiddenWeights)
        : undefined;
    const cellGradient = row(memory, step.cellGradient, r);
    for (let u = 0; u < units; u++) {
      const [i, j, f, o] = [0, 1, 2, 3].map((k) => gate[k * units + u] as number) as [number, number, number, number];
      const kept = mask ? (mask[u] as number) : 1;
      const tanhC = Math.tanh(cell[u] as number);
      const dh = (outer ? (outer[u] as number) : 0) + (inner ? (inner[u] as number) : 0);
      const dc = (cellGradient[u] as number) + dh * o * (1 - tanhC * tanhC);
      gate[u] = dc * j * kept * i * (1 - i);
      gate[units + u] = dc * i * kept * (1 - j * j);
      gate[2 * units + u] = dc * (before[u] as number) * f * (1 - f);
      gate[3 * units + u] = dh * tanhC * o * (1 - o);
      cellGradient[u] = dc * f;
    }
  }
}

export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
