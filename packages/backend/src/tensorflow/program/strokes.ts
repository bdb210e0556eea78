import type { Cell as CellName } from '@sketch-rnn/core';

/** Numbers of a row of stroke-5. */
export const STROKE = 5;

/** Rows of a stroke as they join h, `[rows, 5 + 1]`: the 1 is the bias's, which `layer_norm` does not have. */
export function strokeInputs(rows: Float32Array, cell: CellName): { values: Float32Array; width: number } {
  if (cell !== 'lstm') return { values: rows, width: STROKE };
  const width = STROKE + 1;
  const count = rows.length / STROKE;
  const values = new Float32Array(count * width).fill(1);
  for (let row = 0; row < count; row++) values.set(rows.subarray(STROKE * row, STROKE * (row + 1)), width * row);
  return { values, width };
}
