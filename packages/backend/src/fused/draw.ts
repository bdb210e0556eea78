import { drawRow } from '@sketch-rnn/core';
import type { DrawStep } from './kernel-steps.ts';
import type { Matrix } from './matrix.ts';

/**
 * Draws the next rows on the host, for devices whose memory it can see.
 *
 * @param row a view of one row of a matrix
 */
export function drawRows(
  { raw, numbers, given, rows, options }: DrawStep,
  row: (matrix: Matrix, r: number) => Float32Array,
): void {
  for (let r = 0; r < rows.rows; r++) {
    const to = row(rows, r);
    if (to[4] === 1) continue;
    const start = row(given, r);
    if (start[5] === 1) {
      to.set(start.subarray(0, 5));
      continue;
    }
    const [component, pen, x, y] = row(numbers, r) as unknown as [number, number, number, number];
    to.set(drawRow(row(raw, r), { component, pen, x, y }, options));
  }
}
