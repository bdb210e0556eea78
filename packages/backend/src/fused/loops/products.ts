import type { Kernels } from '../kernels.ts';
import type { Factor, Matrix } from '../matrix.ts';
import { type Memory, row } from './memory.ts';

/** Products of matrices. */
export function products(memory: Memory): Pick<Kernels, 'prepare' | 'multiply' | 'accumulate'> {
  return {
    prepare(matrix, transpose) {
      const { rows, columns } = matrix;
      return { matrix, transposed: transpose, rows: transpose ? columns : rows, columns: transpose ? rows : columns };
    },

    multiply({ a, b, out, add }) {
      for (let r = 0; r < out.rows; r++) {
        const to = row(memory, out, r);
        const sums = product(memory, row(memory, a, r), b);
        for (const [c, sum] of sums.entries()) to[c] = add ? (to[c] as number) + sum : sum;
      }
    },

    accumulate({ a, b, out }) {
      for (let k = 0; k < a.columns; k++) {
        const sums = new Float64Array(out.columns);
        for (let r = 0; r < a.rows; r++) {
          const factor = memory.values[a.address + r * a.stride + k] as number;
          for (const [c, value] of row(memory, b, r).entries()) sums[c] = (sums[c] as number) + factor * value;
        }
        addTo(row(memory, out, k), sums);
      }
    },
  };
}

/** x b of one row. */
export function product(memory: Memory, x: Float32Array, { matrix, transposed }: Factor): Float64Array {
  const sums = new Float64Array(transposed ? matrix.rows : matrix.columns);
  if (transposed) {
    for (const c of sums.keys()) sums[c] = dot(x, row(memory, matrix, c));
  } else {
    for (const [k, factor] of x.entries()) {
      for (const [c, value] of row(memory, matrix, k).entries()) sums[c] = (sums[c] as number) + factor * value;
    }
  }
  return sums;
}

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
}

export function addTo(out: Float32Array, values: ArrayLike<number>): void {
  for (let i = 0; i < out.length; i++) out[i] = (out[i] as number) + (values[i] as number);
}

/** Row numbers of a matrix of one row. */
export function numbersOf(memory: Memory, list: Matrix): Float32Array {
  return row(memory, list, 0);
}
