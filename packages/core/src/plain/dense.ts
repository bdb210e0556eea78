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
  let row = 0;
  // Four rows at a time: out is read and written a quarter as often.
  for (; row + 4 <= x.length; row += 4) {
    const x0 = x[row] as number;
    const x1 = x[row + 1] as number;
    const x2 = x[row + 2] as number;
    const x3 = x[row + 3] as number;
    let at = row * columns;
    for (let column = 0; column < columns; column++, at++) {
      out[column] =
        (out[column] as number) +
        x0 * (weights[at] as number) +
        x1 * (weights[at + columns] as number) +
        x2 * (weights[at + 2 * columns] as number) +
        x3 * (weights[at + 3 * columns] as number);
    }
  }
  for (; row < x.length; row++) {
    const factor = x[row] as number;
    let at = row * columns;
    for (let column = 0; column < columns; column++, at++) {
      out[column] = (out[column] as number) + factor * (weights[at] as number);
    }
  }
}
