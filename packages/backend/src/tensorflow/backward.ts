import { add, mul, type Tensor, zeros } from '@tensorflow/tfjs-core';
import { joinGates, joinRows, overRows, rows, splitRows } from './axes.ts';
import { affineGradients, normaliseGradient, type Normalised } from './normalise.ts';
import { product, sigmoidGradient, tanhGradient, turned } from './operations.ts';
import type { StepRecord } from './record.ts';
import type { RecurrentLayer } from './recurrent-layer.ts';

/** What the gradient of a layer needs beside the records of its steps. */
export interface Backward extends Pick<RecurrentLayer, 'hiddenWeights' | 'sizes' | 'emit'> {
  /** Gradient at the layer's output. */
  readonly d: Tensor;
  readonly records: readonly StepRecord[];
  /** Gains of the normalisations, where there are any. */
  readonly gains?: { readonly gates: Tensor; readonly cell: Tensor };
}

/**
 * Gradients of a recurrent layer by hand, back through its steps; weight gradients are one product over all rows.
 *
 * @returns of sums, hidden weights, first h, first c, and of gain and shift of the gates and of the cell where normalised
 */
export function backward({ d, hiddenWeights, records, gains, sizes, emit }: Backward): Tensor[] {
  const steps = Array.from(sizes);
  const weightsTurned = turned(hiddenWeights);
  const arriving = emit === 'every' ? splitRows(d, steps) : undefined;
  const gateGain = gains && overRows(gains.gates);
  const cellGain = gains && overRows(gains.cell);
  // Last step first.
  const dSums: Tensor[] = [];
  const dGates: Tensor[] = [];
  const dCells: Tensor[] = [];
  let dh: Tensor | undefined;
  let dc: Tensor | undefined;
  for (const [t, record] of [...records.entries()].toReversed()) {
    // Sketches that ended at this step join: with what arrives at their last h, and nothing at their c.
    const ended = { from: steps[t + 1] ?? 0, to: steps[t] as number };
    dc = joined(dc, { ...ended, like: record.i });
    dh = joined(dh, { ...ended, like: record.i, ...(!arriving && { arriving: d }) });
    const atH = arriving?.[t];
    if (atH) dh = dh ? add<Tensor>(dh, atH) : atH;
    const step = stepBackward(record, { dh: dh as Tensor, dc, gateGain, cellGain });
    dSums.push(step.dSum);
    dGates.push(step.dGate);
    if (step.dCell) dCells.push(step.dCell);
    dc = step.dc;
    dh = product(step.dSum, weightsTurned);
  }
  const dAllSums = joinRows(dSums.toReversed()); // [..., rows, 4 units]
  const hBefore = joinRows(records.map((record) => record.hBefore));
  const gradients = [dAllSums, product(hBefore, dAllSums, { transposeA: true }), dh as Tensor, dc as Tensor];
  if (!gains) return gradients;
  const gates = affineGradients(joinRows(dGates.toReversed()), units(records, 'gates'));
  const cell = affineGradients(joinRows(dCells.toReversed()), units(records, 'cell'));
  return [...gradients, gates.gamma, gates.beta, cell.gamma, cell.beta];
}

interface StepGradients {
  readonly dh: Tensor;
  readonly dc: Tensor | undefined;
  readonly gateGain: Tensor | undefined;
  readonly cellGain: Tensor | undefined;
}

/** Back through one step: gradients at its sums `[..., n, 4 units]`, at its gates, at the normalised c', and at c. */
function stepBackward(record: StepRecord, { dh, dc, gateGain, cellGain }: StepGradients) {
  const { cBefore, i, j, f, o, tanhC, mask, gates, cell } = record;
  const dO = sigmoidGradient(o, mul(dh, tanhC));
  const dCell = tanhGradient(tanhC, mul(dh, o));
  const dNext = cell && cellGain ? normaliseGradient(cell, mul(dCell, cellGain), 1) : dCell;
  const dMemory: Tensor = dc ? add(dc, dNext) : dNext;
  const dI = sigmoidGradient(i, mul(dMemory, mask ? mul(j, mask) : j));
  const dF = sigmoidGradient(f, mul(dMemory, cBefore));
  const dCandidate: Tensor = mul(dMemory, i);
  const dJ = tanhGradient(j, mask ? mul<Tensor>(dCandidate, mask) : dCandidate);
  const dGate = joinGates([dI, dJ, dF, dO]);
  const dSum = gates && gateGain ? normaliseGradient(gates, mul(dGate, gateGain), 4) : dGate;
  return { dSum, dGate, ...(cell && { dCell }), dc: mul<Tensor>(dMemory, f) };
}

/**
 * A gradient with the rows of sketches that end here added: from what arrives at them, else zeros.
 *
 * @returns undefined where all of it is zero
 */
function joined(
  gradient: Tensor | undefined,
  { from, to, like, arriving }: { from: number; to: number; like: Tensor; arriving?: Tensor },
): Tensor | undefined {
  if (from === to || (!gradient && !arriving)) return gradient;
  const added = arriving ? rows(arriving, from, to - from) : zeros(rowsLike(like, to - from));
  return gradient ? joinRows([gradient, added]) : added;
}

function rowsLike({ shape }: Tensor, count: number): number[] {
  return shape.with(shape.length - 2, count);
}

function units(records: readonly StepRecord[], kind: 'gates' | 'cell'): Tensor {
  return joinRows(records.map((record) => (record[kind] as Normalised).unit));
}
