/**
 * Rows of one sketch in a packed batch.
 *
 * @param sizes sketches still running at each step, `PackedBatch.encoderSizes` or `decoderSizes`
 * @param sketch its place in the packed batch
 * @returns row numbers, first step first
 */
export function rowsOf(sizes: Int32Array, sketch: number): number[] {
  const rows: number[] = [];
  let first = 0;
  for (const size of sizes) {
    // Longest first: a sketch that has ended does not run again.
    if (size <= sketch) break;
    rows.push(first + sketch);
    first += size;
  }
  return rows;
}

/** Row `row` of a matrix, a view. */
export function rowAt<A extends Float32Array | Float64Array>(matrix: A, row: number, width: number): A {
  return matrix.subarray(row * width, (row + 1) * width) as A;
}
