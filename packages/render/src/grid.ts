import { count, positive, RenderError } from './error.ts';
import type { Box } from './fit.ts';
import { element, type Markup } from './svg.ts';
import { LIGHT, type Theme } from './theme.ts';
import { heading, LABEL_SIZE, line, textWidth } from './type.ts';

export interface GridOptions {
  /** As many as headings, else by the number of cells. */
  readonly columns?: number;
  /** Side of a cell, 144 px by default. */
  readonly cellSize?: number;
  readonly title?: string;
  readonly columnHeadings?: readonly string[];
  readonly rowHeadings?: readonly string[];
  /** A wider gap after every so many columns: pairs, for example. */
  readonly group?: number;
  readonly theme?: Theme;
}

/** Cards on a page, row after row, with everything that is written around them. */
export interface Grid {
  readonly width: number;
  readonly height: number;
  /** One a cell. */
  readonly cards: readonly Box[];
  readonly background: Markup;
  readonly lettering: readonly Markup[];
}

/** Around the page, px. */
export const PAGE_MARGIN = 24;
const GAP = 12;
const GROUP_GAP = 28;
/** From a card to its caption's baseline, and the room a caption takes. */
const CAPTION_BASELINE = 16;
const CAPTION_HEIGHT = 22;
const TITLE_HEIGHT = 32;
const COLUMN_HEADING_HEIGHT = 20;
const ROW_HEADING_WIDTH = 140;
const ROW_HEADING_GAP = 12;

/**
 * Lays out one card a caption; a cell without a caption has `undefined` in its place.
 *
 * @throws RenderError where there is no cell, an option is no size, or the headings do not go with the columns and rows
 */
export function layOut(captions: readonly (string | undefined)[], options: GridOptions): Grid {
  const { title, columnHeadings = [], rowHeadings = [], theme = LIGHT } = options;
  const side = positive(options.cellSize ?? 144, 'cellSize');
  const group = count(options.group ?? Number.MAX_SAFE_INTEGER, 'group');
  const { columns, rows } = shape(captions.length, options);

  const headingWidth = Math.ceil(
    Math.min(ROW_HEADING_WIDTH, Math.max(0, ...rowHeadings.map((name) => textWidth(name, LABEL_SIZE)))),
  );
  const left = PAGE_MARGIN + (rowHeadings.length > 0 ? headingWidth + ROW_HEADING_GAP : 0);
  const headingsTop = PAGE_MARGIN + (title === undefined ? 0 : TITLE_HEIGHT);
  const top = headingsTop + (columnHeadings.length > 0 ? COLUMN_HEADING_HEIGHT : 0);
  const captioned = captions.some((caption) => caption !== undefined);
  const pitch = side + GAP + (captioned ? CAPTION_HEIGHT - GAP / 2 : 0);
  const columnX = (column: number): number =>
    left + column * (side + GAP) + Math.floor(column / group) * (GROUP_GAP - GAP);
  const rowY = (row: number): number => top + row * pitch;

  const cards = captions.map((_, i) => ({
    x: columnX(i % columns),
    y: rowY(Math.floor(i / columns)),
    width: side,
    height: side,
  }));
  const width = columnX(columns - 1) + side + PAGE_MARGIN;
  const height = rowY(rows - 1) + side + (captioned ? CAPTION_HEIGHT : 0) + PAGE_MARGIN;
  const label = { size: LABEL_SIZE, fill: theme.muted, width: side } as const;
  return {
    width,
    height,
    cards,
    background: element(
      'g',
      { fill: theme.paper, stroke: theme.line },
      ...cards.map((card) => element('rect', { ...card, rx: 3 })),
    ),
    lettering: [
      ...(title === undefined
        ? []
        : [heading(title, { x: PAGE_MARGIN, y: PAGE_MARGIN, width: width - 2 * PAGE_MARGIN, fill: theme.ink })]),
      ...columnHeadings.map((name, i) =>
        line(name, { ...label, x: columnX(i) + side / 2, y: headingsTop + LABEL_SIZE - 2, anchor: 'middle' }),
      ),
      ...rowHeadings.map((name, i) =>
        line(name, {
          ...label,
          x: left - ROW_HEADING_GAP,
          y: rowY(i) + side / 2 + LABEL_SIZE / 3,
          width: headingWidth,
          anchor: 'end',
        }),
      ),
      ...captions.flatMap((caption, i) => {
        const card = cards[i] as Box;
        const y = card.y + side + CAPTION_BASELINE;
        return caption === undefined ? [] : [line(caption, { ...label, x: card.x + side / 2, y, anchor: 'middle' })];
      }),
    ],
  };
}

function shape(
  cells: number,
  { columns, columnHeadings, rowHeadings }: GridOptions,
): { readonly columns: number; readonly rows: number } {
  count(cells, 'sheet: cells');
  const asked =
    columns ??
    columnHeadings?.length ??
    (rowHeadings ? Math.ceil(cells / count(rowHeadings.length, 'rowHeadings')) : columnsFor(cells));
  const rows = Math.ceil(cells / count(asked, 'columns'));
  if (columnHeadings && columnHeadings.length !== asked) {
    throw new RenderError(`columnHeadings: expected one a column, ${asked}, got ${columnHeadings.length}`);
  }
  if (rowHeadings && rowHeadings.length !== rows) {
    throw new RenderError(`rowHeadings: expected one a row, ${rows}, got ${rowHeadings.length}`);
  }
  return { columns: asked, rows };
}

/** Columns for a page about as wide as high or somewhat wider, with as few places left empty as can be. */
export function columnsFor(cells: number): number {
  if (cells <= 5) return cells;
  const narrowest = Math.ceil(Math.sqrt(cells));
  const widest = Math.ceil(Math.sqrt(1.8 * cells));
  const candidates = Array.from({ length: widest - narrowest + 1 }, (_, i) => narrowest + i);
  const empty = (columns: number): number => Math.ceil(cells / columns) * columns - cells;
  return candidates.reduce((best, columns) => (empty(columns) < empty(best) ? columns : best));
}
