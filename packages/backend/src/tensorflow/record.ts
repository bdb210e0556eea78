import type { Tensor } from '@tensorflow/tfjs-core';
import type { Normalised } from './normalise.ts';

/** What one step of a recurrent layer leaves for its gradient. */
export interface StepRecord {
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

/** A record's tensors in a fixed order, as tfjs's `save` wants them. */
export function tensorsOf({ hBefore, cBefore, i, j, f, o, tanhC, mask, gates, cell }: StepRecord): Tensor[] {
  const normalised = [gates, cell].flatMap((part) => (part ? [part.unit, part.inverse] : []));
  return [hBefore, cBefore, i, j, f, o, tanhC, ...(mask ? [mask] : []), ...normalised];
}

/** Records from the tensors that were saved of them, in the same order. */
export function restore(records: readonly StepRecord[], saved: readonly Tensor[]): StepRecord[] {
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
