import { type Dense, dense, product } from './dense.ts';
import { type CellInput, updateCell, updateHidden } from './gates.ts';
import { type LayerNormWeights, layerNorm } from './layer-norm.ts';
import { normalise } from './normalise.ts';
import { concatenate, type Floats } from './precision.ts';

/** How the inner cell's h scales one gate's share of x W or of h U: `scale` times an embedding. */
export interface HyperScale {
  /** `[m, e]` and `[e]`. */
  readonly embedding: Dense;
  /** `[e, n]`. */
  readonly scale: Floats;
}

/** The inner cell's hold on one gate. */
export interface HyperGate {
  readonly x: HyperScale;
  readonly h: HyperScale;
  /** `[m, e]`. */
  readonly shiftEmbedding: Floats;
  /** `[e, n]`. */
  readonly shift: Floats;
}

/** Weights of a `hyper` cell of n units over k numbers, its inner cell of m units over k + n, embeddings of e. */
export interface HyperWeights extends LayerNormWeights {
  /** `[4n]`. */
  readonly bias: Floats;
  readonly inner: LayerNormWeights;
  /** Gates i, j, f, o. */
  readonly hyper: readonly HyperGate[];
}

/**
 * One step of a HyperLSTM (Ha et al. 2016, section 3.2, as Magenta has it): a small LSTM sees x and h, and its own h scales
 * and shifts the gates of the large one, which are then layer-normalised.
 * Recurrent dropout is the large cell's alone.
 *
 * @param state `[h | inner h | c | inner c]`, `[2n + 2m]`
 * @returns the new state
 */
export function hyper(weights: HyperWeights, { x, drop }: CellInput, state: Floats): Floats {
  const n = weights.cell.gamma.length;
  const m = state.length / 2 - n;
  const h = state.subarray(0, n);
  const innerState = concatenate(state, [state.subarray(n, n + m), state.subarray(2 * n + m)]);

  const innerNext = layerNorm(weights.inner, { x: concatenate(state, [x, h]) }, innerState);
  const innerH = innerNext.subarray(0, m);

  const xW = product(x, weights.inputWeights);
  const hU = product(h, weights.hiddenWeights);
  const gates = weights.bias.slice();
  for (const [g, gate] of weights.hyper.entries()) {
    const scaleX = product(dense(gate.x.embedding, innerH), gate.x.scale);
    const scaleH = product(dense(gate.h.embedding, innerH), gate.h.scale);
    const shift = product(product(innerH, gate.shiftEmbedding), gate.shift);
    for (let u = 0; u < n; u++) {
      const at = g * n + u;
      const fromX = (scaleX[u] as number) * (xW[at] as number);
      const fromH = (scaleH[u] as number) * (hU[at] as number);
      gates[at] = (gates[at] as number) + fromX + fromH + (shift[u] as number);
    }
  }
  normalise(gates, weights.gates, 4);

  const next = state.slice();
  next.set(innerH, n);
  next.set(innerNext.subarray(m), 2 * n + m);
  const c = next.subarray(n + m, 2 * n + m);
  updateCell(c, gates, drop);
  const normalised = c.slice();
  normalise(normalised, weights.cell);
  updateHidden(next.subarray(0, n), gates, normalised);
  return next;
}
