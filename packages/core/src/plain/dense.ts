import { type Floats, zerosLike } from './precision.ts';

/** A matrix `[in, out]`, row-major, and a bias `[out]`. */
export interface Dense {
  readonly weights: Floats;
  readonly bias: Floats;
}

/** x W + b. */
export function dense({ weights, bias }: Dense, x: Floats): Floats {
  const out = bias.slice();
  addProduct(out, x, weights);
  return out;
}

/** x W. */
export function product(x: Floats, weights: Floats): Floats {
  const out = zerosLike(weights, weights.length / x.length);
  addProduct(out, x, weights);
  return out;
}

/**
 * Adds x W to `out`.
 *
 * @param out `[out]`
 * @param x `[in]`
 * @param weights `[in, out]`, row-major
 */
export function addProduct(out: Floats, x: Floats, weights: Floats): void {
  const columns = out.length;
  for (let row = 0; row < x.length; row++) {
    const factor = x[row] as number;
    const at = row * columns;
    for (let column = 0; column < columns; column++) {
      out[column] = (out[column] as number) + factor * (weights[at + column] as number);
    }
  }
}
