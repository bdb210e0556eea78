/** The square of a morph as a picture: loaded when the visitor takes it along. */
import { fromStroke3, type Stroke3 } from '@sketch-rnn/data';
import { sheet } from '@sketch-rnn/render';
import { save } from '../sketch/carry.ts';

/**
 * Hands the visitor the drawings of a square as SVG.
 *
 * @param rows stroke-3, row after row
 * @param columns drawings in a row
 */
export function saveSquare(rows: readonly Stroke3[], columns: number): void {
  const svg = sheet(
    rows.map((stroke3) => ({ sketch: fromStroke3(stroke3) })),
    { columns },
  );
  save(new Blob([svg], { type: 'image/svg+xml' }), 'morph.svg');
}
