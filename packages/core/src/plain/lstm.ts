import { addProduct } from './dense.ts';
import { type CellInput, updateCell, updateHidden } from './gates.ts';
import type { Floats } from './precision.ts';

/** Weights of an `lstm` cell of n units over k numbers. */
export interface LstmWeights {
  /** `[k, 4n]`. */
  readonly inputWeights: Floats;
  /** `[n, 4n]`. */
  readonly hiddenWeights: Floats;
  /** `[4n]`. */
  readonly bias: Floats;
}

/**
 * One step of an LSTM (Hochreiter & Schmidhuber 1997): gates = x W + h U + b.
 *
 * @param state `[c | h]`, `[2n]`
 * @returns the new state
 */
export function lstm(weights: LstmWeights, { x, drop }: CellInput, state: Floats): Floats {
  const n = state.length / 2;
  const gates = weights.bias.slice();
  addProduct(gates, x, weights.inputWeights);
  addProduct(gates, state.subarray(n), weights.hiddenWeights);

  const next = state.slice();
  const c = next.subarray(0, n);
  updateCell(c, gates, drop);
  updateHidden(next.subarray(n), gates, c);
  return next;
}
