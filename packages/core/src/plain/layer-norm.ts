import { addProduct, product } from './dense.ts';
import { type CellInput, updateCell, updateHidden } from './gates.ts';
import { type Normalisation, normalise } from './normalise.ts';
import type { Floats } from './precision.ts';

/** Weights of a `layer_norm` cell of n units over k numbers. */
export interface LayerNormWeights {
  /** `[k, 4n]`. */
  readonly inputWeights: Floats;
  /** `[n, 4n]`. */
  readonly hiddenWeights: Floats;
  /** `[4n]`, each gate on its own. */
  readonly gates: Normalisation;
  /** `[n]`. */
  readonly cell: Normalisation;
}

/**
 * One step of an LSTM with layer normalisation (Ba et al. 2016, as Magenta has it): gates = LN(x W + h U), one
 * mean and variance a gate, and h' sees LN(c'), while c' itself is carried on.
 *
 * @param state `[h | c]`, `[2n]`
 * @returns the new state
 */
export function layerNorm(weights: LayerNormWeights, { x, drop }: CellInput, state: Floats): Floats {
  const n = state.length / 2;
  const gates = product(x, weights.inputWeights);
  addProduct(gates, state.subarray(0, n), weights.hiddenWeights);
  normalise(gates, weights.gates, 4);

  const next = state.slice();
  const c = next.subarray(n);
  updateCell(c, gates, drop);
  const normalised = c.slice();
  normalise(normalised, weights.cell);
  updateHidden(next.subarray(0, n), gates, normalised);
  return next;
}
