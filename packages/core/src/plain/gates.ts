import type { Floats } from './precision.ts';

/** Added to the forget gate at run time and not stored in the bias, so that a fresh cell remembers (Gers et al. 2000). */
const FORGET_BIAS = 1;

/** What a cell reads at a step. */
export interface CellInput {
  /** `[k]`. */
  readonly x: Floats;
  /** `[n]`, recurrent dropout: 0 or 1 / keep a unit. */
  readonly drop?: Floats | undefined;
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/**
 * c' = c * sig(f + 1) + sig(i) * drop * tanh(j), in place (Hochreiter & Schmidhuber 1997; dropout as Semeniuta et al.
 * 2016).
 *
 * @param c `[n]`
 * @param gates `[4n]`, pre-activations i, j, f, o
 */
export function updateCell(c: Floats, gates: Floats, drop: Floats | undefined): void {
  const n = c.length;
  for (let u = 0; u < n; u++) {
    const input = sigmoid(gates[u] as number);
    const forget = sigmoid((gates[2 * n + u] as number) + FORGET_BIAS);
    const candidate = Math.tanh(gates[n + u] as number) * (drop ? (drop[u] as number) : 1);
    c[u] = (c[u] as number) * forget + input * candidate;
  }
}

/**
 * h' = sig(o) * tanh(c), into `h`.
 *
 * @param h `[n]`
 * @param gates `[4n]`, pre-activations i, j, f, o
 * @param c `[n]`, the new c, layer-normalised where the cell does so
 */
export function updateHidden(h: Floats, gates: Floats, c: Floats): void {
  const n = h.length;
  for (let u = 0; u < n; u++) h[u] = sigmoid(gates[3 * n + u] as number) * Math.tanh(c[u] as number);
}
