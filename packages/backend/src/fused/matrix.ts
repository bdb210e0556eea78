/**
 * A rectangle of numbers in a device's memory, float32 where it does not say `half`.
 *
 * Addresses count numbers, not bytes, and mean nothing outside the device. A matrix is a view: it owns nothing.
 */
export interface Matrix {
  readonly address: number;
  readonly rows: number;
  readonly columns: number;
  /** From the start of a row to that of the next; 0 repeats one row. */
  readonly stride: number;
  /** In the memory of a device's `Halves`, whose addresses are its own. */
  readonly half?: true;
}

/**
 * A right-hand factor that is used many times, in whatever layout a device multiplies by fastest.
 *
 * It is valid until its scratch is released or the weights it was made of change.
 */
export interface Factor {
  /** As it stands in memory. */
  readonly matrix: Matrix;
  readonly transposed: boolean;
  /** Rows and columns after the transposition. */
  readonly rows: number;
  readonly columns: number;
}

/** Some rows of a matrix, without a copy. */
export function rowsOf(matrix: Matrix, from: number, count: number): Matrix {
  return { ...matrix, address: matrix.address + from * matrix.stride, rows: count };
}

/** Some columns of a matrix, without a copy. */
export function columnsOf(matrix: Matrix, from: number, count: number): Matrix {
  return { ...matrix, address: matrix.address + from, columns: count };
}

/** One row as if it stood there `count` times, without a copy. */
export function repeated(row: Matrix, count: number): Matrix {
  return { ...row, rows: count, stride: 0 };
}
