/** Sheets of a report: real drawings are ink, what the model drew beside them is vermilion. */
import { fromStroke3, type Stroke3 } from '@sketch-rnn/data';
import { type Cell, sheet } from '@sketch-rnn/render';
import { type Html, page, text } from '../../run/report/html.ts';
import { inPageColours } from '../../run/report/palette.ts';

/** Side of a cell, px: vectors are shown larger where there is room, and take few digits. */
const SIDE = 96;
const COLUMNS = 4;

/** Drawings of the model alone. */
export function samplesSheet(drawings: readonly Stroke3[], caption: string): Html {
  const cells = drawings.map((stroke3): Cell => ({ sketch: fromStroke3(stroke3) }));
  return figure(sheet(cells, { columns: COLUMNS, cellSize: SIDE }), caption);
}

/** A real drawing and one of the model's that belong together. */
export interface SheetPair {
  readonly real: Stroke3;
  readonly drawn: Stroke3;
  /** Under the model's. */
  readonly note?: string;
}

/** Pairs, the real drawing on the left. */
export function pairsSheet(pairs: readonly SheetPair[], caption: string): Html {
  const cells = pairs.flatMap(({ real, drawn, note }): Cell[] => [
    { sketch: fromStroke3(real) },
    { sketch: fromStroke3(drawn), colouring: { givenPoints: 0 }, ...(note !== undefined && { caption: note }) },
  ]);
  return figure(sheet(cells, { columns: Math.min(COLUMNS, cells.length), cellSize: SIDE, group: 2 }), caption);
}

function figure(svg: string, caption: string): Html {
  return page`<figure class="sheet">${inPageColours(svg)}<figcaption>${text(caption)}</figcaption></figure>`;
}
