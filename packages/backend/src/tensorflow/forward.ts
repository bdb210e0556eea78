import { add, mul, sigmoid, tanh, type Tensor } from '@tensorflow/tfjs-core';
import { joinRows, overRows, rowAxis, rows, splitGates, splitRows } from './axes.ts';
import { normalise } from './normalise.ts';
import { product } from './operations.ts';
import type { StepRecord } from './record.ts';
import type { RecurrentLayer } from './recurrent-layer.ts';

/**
 * The steps of a recurrent layer, each leaving a record for its gradient (`backward.ts`).
 *
 * @returns h of every row `[..., rows, units]`, or of each sketch's last `[..., B, units]`
 */
export function forward({ sums, hiddenWeights, h: hFirst, c: cFirst, norm, mask, sizes, emit }: RecurrentLayer): {
  output: Tensor;
  records: StepRecord[];
} {
  const steps = Array.from(sizes);
  const inputs = splitRows(sums, steps);
  const masks = mask && splitRows(mask, steps);
  const affine = norm && {
    gates: { gamma: overRows(norm.gateGamma), beta: overRows(norm.gateBeta) },
    cell: { gamma: overRows(norm.cellGamma), beta: overRows(norm.cellBeta) },
  };
  const records: StepRecord[] = [];
  const every: Tensor[] = [];
  const last: Tensor[] = [];
  let h = hFirst;
  let c = cFirst;
  for (const [t, size] of steps.entries()) {
    const running = h.shape[rowAxis(h)] as number;
    if (size < running) {
      last.push(rows(h, size, running - size));
      h = rows(h, 0, size);
      c = rows(c, 0, size);
    }
    let pre: Tensor = add(inputs[t] as Tensor, product(h, hiddenWeights)); // [..., n, 4 units]
    const gates = affine && normalise(pre, 4);
    if (gates) pre = add(mul(gates.unit, affine.gates.gamma), affine.gates.beta);
    const [preI, preJ, preF, preO] = splitGates(pre);
    const [i, j, f, o] = [sigmoid(preI), tanh(preJ), sigmoid(preF), sigmoid(preO)];
    const kept = masks?.[t];
    const next: Tensor = add(mul(c, f), mul(i, kept ? mul(j, kept) : j));
    const cell = affine && normalise(next, 1);
    const tanhC = tanh(cell ? add<Tensor>(mul(cell.unit, affine.cell.gamma), affine.cell.beta) : next);
    records.push({
      hBefore: h,
      cBefore: c,
      i,
      j,
      f,
      o,
      tanhC,
      ...(kept && { mask: kept }),
      ...(gates && { gates }),
      ...(cell && { cell }),
    });
    h = mul(tanhC, o);
    c = next;
    every.push(h);
  }
  last.push(h);
  // The shortest sketches ended first and stand last.
  return { output: joinRows(emit === 'every' ? every : last.toReversed()), records };
}
