import type { Matrix } from '../matrix.ts';

/** Memory in one array that grows. */
export interface Memory {
  readonly values: Float32Array;
  grow(size: number): void;
  free(): void;
}

export function memoryOf(): Memory {
  let values = new Float32Array(0);
  return {
    get values() {
      return values;
    },
    grow(size) {
      if (size <= values.length) return;
      // Half as much again, so that growing number by number costs no more than a copy each.
      const larger = new Float32Array(Math.ceil(size * 1.5));
      larger.set(values);
      values = larger;
    },
    free() {
      values = new Float32Array(0);
    },
  };
}

/** Row `r` of a matrix, as a view. */
export function row({ values }: Memory, matrix: Matrix, r: number): Float32Array {
  const from = matrix.address + r * matrix.stride;
  return values.subarray(from, from + matrix.columns);
}
