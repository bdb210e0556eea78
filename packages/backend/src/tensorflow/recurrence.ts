import {
  add,
  concat,
  customGrad,
  type GradSaveFunc,
  mul,
  reshape,
  sigmoid,
  slice,
  split,
  tanh,
  type Tensor,
  zeros,
} from '@tensorflow/tfjs-core';
import { affineGradients, normalise, normaliseGradient, type Normalised } from './normalise.ts';
import { product, sigmoidGradient, tanhGradient, turned } from './operations.ts';

/**
 * Tensors of one layer, `[rows, units]`, or of two side by side, `[2, rows, units]`; formulas in the reference's `lstm.ts`
 * and `layer-norm.ts`.
 */
export interface Recurrence {
  /** Sums over inputs, condition and biases, `[..., rows, 4 units]`, rows packed by `sizes`. */
  readonly sums: Tensor;
  /** `[..., units, 4 units]`. */
  readonly hiddenWeights: Tensor;
  /** `[..., B, units]`. */
  readonly h: Tensor;
  readonly c: Tensor;
  /** Layer normalisation of gates and cell: `[..., 4 units]` and `[..., units]`. */
  readonly norm?: {
    readonly gateGamma: Tensor;
    readonly gateBeta: Tensor;
    readonly cellGamma: Tensor;
    readonly cellBeta: Tensor;
  };
  /** Recurrent dropout, `[..., rows, units]`. */
  readonly mask?: Tensor;
  readonly sizes: Int32Array;
  readonly emit: 'every' | 'last';
}

/** What one step leaves for its gradient. */
interface StepRecord {
  readonly hBefore: Tensor;
  readonly cBefore: Tensor;
  readonly i: Tensor;
  /** tanh(j), before dropout. */
  readonly j: Tensor;
  readonly f: Tensor;
  readonly o: Tensor;
  /** tanh of c', or of LN(c'). */
  readonly tanhC: Tensor;
  /** Dropout of tanh(j). */
  readonly mask?: Tensor;
  readonly gates?: Normalised;
  readonly cell?: Normalised;
}

/**
 * An LSTM, with or without layer normalisation, over packed rows.
 *
 * @returns h of every row `[..., rows, units]`, or of each sketch's last `[..., B, units]`
 */
export function recurrence({ sums, hiddenWeights, h, c, norm, mask, sizes, emit }: Recurrence): Tensor {
  const steps = Array.from(sizes);
  const rowAxis = sums.rank - 2;
  const columnAxis = sums.rank - 1;
  const affine = norm ? [norm.gateGamma, norm.gateBeta, norm.cellGamma, norm.cellBeta] : [];
  const masks = mask && split(mask, steps, rowAxis);

  const operation = customGrad((...given) => {
    const save = given.pop() as unknown as GradSaveFunc;
    const [sums, weights, hFirst, cFirst, ...affine] = given as Tensor[] as [
      Tensor,
      Tensor,
      Tensor,
      Tensor,
      ...Tensor[],
    ];
    const { output, records } = forward(sums, weights, hFirst, cFirst, affine);
    const saved = records.flatMap(tensorsOf);
    save([weights, ...affine, ...saved]);
    return {
      value: output,
      gradFunc: (d: Tensor, kept: Tensor[]) => {
        const [weights, ...rest] = kept as [Tensor, ...Tensor[]];
        return backward(d, weights, rest.slice(0, affine.length), restore(records, rest.slice(affine.length)));
      },
    };
  });
  return operation(sums, hiddenWeights, h, c, ...affine);

  function forward(sums: Tensor, weights: Tensor, hFirst: Tensor, cFirst: Tensor, affine: Tensor[]) {
    const [gateGamma, gateBeta, cellGamma, cellBeta] = affine.map(overRows);
    const parts = split(sums, steps, rowAxis);
    const records: StepRecord[] = [];
    const every: Tensor[] = [];
    const last: Tensor[] = [];
    let h = hFirst;
    let c = cFirst;
    for (const [t, size] of steps.entries()) {
      const running = h.shape[rowAxis] as number;
      if (size < running) {
        last.push(rows(h, size, running - size));
        h = rows(h, 0, size);
        c = rows(c, 0, size);
      }
      let pre: Tensor = add(parts[t] as Tensor, product(h, weights)); // [..., n, 4 units]
      const gates = gateGamma && normalise(pre, 4);
      if (gates) pre = add(mul(gates.unit, gateGamma as Tensor), gateBeta as Tensor);
      const [preI, preJ, preF, preO] = split(pre, 4, columnAxis) as [Tensor, Tensor, Tensor, Tensor];
      const [i, j, f, o] = [sigmoid(preI), tanh(preJ), sigmoid(preF), sigmoid(preO)];
      const kept = masks?.[t];
      const candidate = kept ? mul(j, kept) : j;
      const next: Tensor = add(mul(c, f), mul(i, candidate));
      const cell = cellGamma && normalise(next, 1);
      const tanhC = tanh(cell ? add(mul(cell.unit, cellGamma as Tensor), cellBeta as Tensor) : next);
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
    return { output: concat(emit === 'every' ? every : last.reverse(), rowAxis), records };
  }

  function backward(d: Tensor, weights: Tensor, affine: Tensor[], records: StepRecord[]) {
    const [gateGamma, , cellGamma] = affine.map(overRows);
    const weightsTurned = turned(weights);
    const arriving = emit === 'every' ? split(d, steps, rowAxis) : undefined;
    const dPre: Tensor[] = [];
    const dGates: Tensor[] = [];
    const dCells: Tensor[] = [];
    let dh: Tensor | undefined;
    let dc: Tensor | undefined;
    for (let t = steps.length - 1; t >= 0; t--) {
      const record = records[t] as StepRecord;
      const size = steps[t] as number;
      const running = steps[t + 1] ?? 0;
      // Sketches that ended at this step join: with what arrives at their last h, and nothing at their c.
      const joinedC = grow(dc, size, running, record.i);
      const joinedH = arriving ? grow(dh, size, running, record.i) : grow(dh, size, running, record.i, d);
      dh = arriving ? (joinedH ? add(joinedH, arriving[t] as Tensor) : (arriving[t] as Tensor)) : (joinedH as Tensor);
      const dO = sigmoidGradient(record.o, mul(dh, record.tanhC));
      let dNext = tanhGradient(record.tanhC, mul(dh, record.o));
      if (record.cell) {
        dCells.push(dNext);
        dNext = normaliseGradient(record.cell, mul(dNext, cellGamma as Tensor), 1);
      }
      const dCell = joinedC ? add(joinedC, dNext) : dNext;
      const candidate = record.mask ? mul(record.j, record.mask) : record.j;
      const dI = sigmoidGradient(record.i, mul(dCell, candidate));
      const dF = sigmoidGradient(record.f, mul(dCell, record.cBefore));
      const dCandidate = mul(dCell, record.i);
      const dJ = tanhGradient(record.j, record.mask ? mul(dCandidate, record.mask) : dCandidate);
      let gate: Tensor = concat([dI, dJ, dF, dO], columnAxis); // [..., n, 4 units]
      if (record.gates) {
        dGates.push(gate);
        gate = normaliseGradient(record.gates, mul(gate, gateGamma as Tensor), 4);
      }
      dPre.push(gate);
      dc = mul(dCell, record.f);
      dh = product(gate, weightsTurned);
    }
    const inOrder = (pieces: Tensor[]): Tensor => concat(pieces.reverse(), rowAxis);
    const dSums = inOrder(dPre); // [..., rows, 4 units]
    const hBefore = concat(
      records.map((record) => record.hBefore),
      rowAxis,
    );
    const units = <Kind extends 'gates' | 'cell'>(kind: Kind): Tensor =>
      concat(
        records.map((record) => (record[kind] as Normalised).unit),
        rowAxis,
      );
    const norms =
      affine.length === 0
        ? []
        : [affineGradients(inOrder(dGates), units('gates')), affineGradients(inOrder(dCells), units('cell'))];
    const gradients = [
      dSums,
      product(hBefore, dSums, { transposeA: true }),
      dh as Tensor,
      dc as Tensor,
      ...norms.flatMap(({ gamma, beta }) => [gamma, beta]),
    ];
    return gradients;
  }

  /** A gradient of `running` rows made one of `size` rows: by the last rows of `from`, else by zeros; undefined where all are zero. */
  function grow(
    gradient: Tensor | undefined,
    size: number,
    running: number,
    like: Tensor,
    from?: Tensor,
  ): Tensor | undefined {
    if (size === running) return gradient;
    if (!from && !gradient) return undefined;
    const shape = [...like.shape];
    shape[rowAxis] = size - running;
    const added = from ? rows(from, running, size - running) : zeros(shape);
    return gradient ? concat([gradient, added], rowAxis) : added;
  }

  function rows(tensor: Tensor, from: number, count: number): Tensor {
    const begin = tensor.shape.map((_, axis) => (axis === rowAxis ? from : 0));
    const size = tensor.shape.map((side, axis) => (axis === rowAxis ? count : side));
    return slice(tensor, begin, size);
  }

  /** A vector a layer, `[..., columns]`, made to spread over rows. */
  function overRows(vector: Tensor): Tensor {
    return vector.rank === 1 ? vector : reshape(vector, [vector.shape[0] as number, 1, vector.shape[1] as number]);
  }
}

/** A record's tensors in a fixed order, as `save` wants them. */
function tensorsOf({ hBefore, cBefore, i, j, f, o, tanhC, mask, gates, cell }: StepRecord): Tensor[] {
  const normalised = [gates, cell].flatMap((part) => (part ? [part.unit, part.inverse] : []));
  return [hBefore, cBefore, i, j, f, o, tanhC, ...(mask ? [mask] : []), ...normalised];
}

/** Records from the tensors that were saved of them, in the same order. */
function restore(records: readonly StepRecord[], saved: readonly Tensor[]): StepRecord[] {
  let at = 0;
  const take = (): Tensor => saved[at++] as Tensor;
  return records.map(({ mask, gates, cell }) => ({
    hBefore: take(),
    cBefore: take(),
    i: take(),
    j: take(),
    f: take(),
    o: take(),
    tanhC: take(),
    ...(mask && { mask: take() }),
    ...(gates && { gates: { unit: take(), inverse: take() } }),
    ...(cell && { cell: { unit: take(), inverse: take() } }),
  }));
}
