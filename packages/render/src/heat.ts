import { fromStroke3, type Point, type Stroke, type Stroke3 } from '@sketch-rnn/data';
import { linearAxis } from './axis.ts';
import { RenderError } from './error.ts';
import { bounds, inset, placing, type Box, type Place } from './fit.ts';
import { layOut, PAGE_MARGIN, type GridOptions } from './grid.ts';
import { DOT, pen } from './ink.ts';
import { pathData } from './path.ts';
import { MARGIN, PEN } from './sketch.ts';
import { document, element, type Markup } from './svg.ts';
import { LIGHT, shade, type Theme } from './theme.ts';
import { LABEL_SIZE, lettering, line } from './type.ts';

type Range = readonly [least: number, greatest: number];

export interface HeatCell {
  /** `[n, 3]`. */
  readonly stroke3: Stroke3;
  /** `[n]`, nats: minus the log density of each row, the end row left out. */
  readonly surprise: ArrayLike<number>;
  readonly caption?: string;
}

export interface HeatOptions extends GridOptions {
  /** Nats of the palest and of the hottest colour; the least and the greatest of all cells by default. */
  readonly range?: Range;
}

/** A line is somewhat wider than a pen's, so that its colour can be told. */
const WIDER = 1.6;
const LEGEND_HEIGHT = 52;
const LEGEND_WIDTH = 200;

/**
 * Where a model was surprised: each line has the colour of the row that drew it, with a legend in nats. A row that moves
 * the lifted pen draws no line: it colours the dot where the pen comes down.
 *
 * @throws RenderError where numbers and rows differ in count, a number is not finite, or there is nothing to show
 */
export function heat(cells: readonly HeatCell[], options: HeatOptions = {}): string {
  const { theme = LIGHT, cellSize = 240 } = options;
  for (const [index, cell] of cells.entries()) check(cell, index);
  const range = options.range ?? rangeOf(cells);
  if (!(Number.isFinite(range[0]) && Number.isFinite(range[1]) && range[0] <= range[1])) {
    throw new RenderError(`heat range: expected two finite numbers, least and greatest, got ${range.join(', ')}`);
  }
  const grid = layOut(
    cells.map((cell) => cell.caption),
    { ...options, cellSize },
  );
  const width = Math.max(grid.width, LEGEND_WIDTH + 2 * PAGE_MARGIN);
  const height = grid.height + LEGEND_HEIGHT;
  const side = (grid.cards[0] as Box).width;
  const pixels = side * PEN * WIDER;

  const drawings = cells.flatMap(({ stroke3, surprise }, i): Markup[] => {
    const content = bounds(fromStroke3(stroke3));
    if (!content) return [];
    const place = placing(content, inset(grid.cards[i] as Box, side * MARGIN + pixels));
    return ink(marksOf(stroke3, place), surprise, { range, pixels, theme });
  });
  return document(
    { width, height, title: options.title },
    element('rect', { width, height, fill: theme.page }),
    grid.background,
    pen(...drawings),
    lettering(...grid.lettering, ...legend(range, grid.height, theme)),
  );
}

function check({ stroke3, surprise }: HeatCell, index: number): void {
  if (surprise.length !== stroke3.length / 3) {
    throw new RenderError(
      `heat: cell ${index}: expected one number a row, ${stroke3.length / 3}, got ${surprise.length} - leave the end row out`,
    );
  }
  const row = Array.from(surprise).findIndex((nats) => !Number.isFinite(nats));
  if (row >= 0) throw new RenderError(`heat: cell ${index}, row ${row}: expected finite nats, got ${surprise[row]}`);
}

function rangeOf(cells: readonly HeatCell[]): Range {
  let [least, greatest] = [Infinity, -Infinity];
  for (const nats of cells.flatMap((cell) => Array.from(cell.surprise))) {
    least = Math.min(least, nats);
    greatest = Math.max(greatest, nats);
  }
  return [least, greatest];
}

function shareOf(nats: number, [least, greatest]: Range): number {
  return least === greatest ? 0 : (nats - least) / (greatest - least);
}

/** What each row draws, px: a line, or a dot where the pen was up or did not move. */
function marksOf(stroke3: Stroke3, place: Place): Stroke[] {
  const marks: Stroke[] = [];
  let from: Point = [0, 0];
  let down = true;
  for (let i = 0; i < stroke3.length; i += 3) {
    const to: Point = [from[0] + (stroke3[i] as number), from[1] + (stroke3[i + 1] as number)];
    const moved = to[0] !== from[0] || to[1] !== from[1];
    marks.push(down && moved ? [place(from), place(to)] : [place(to)]);
    from = to;
    down = stroke3[i + 2] !== 1;
  }
  return marks;
}

/** Marks by colour, the hottest last: over the others. */
function ink(
  marks: readonly Stroke[],
  surprise: ArrayLike<number>,
  { range, pixels, theme }: { readonly range: Range; readonly pixels: number; readonly theme: Theme },
): Markup[] {
  const shades = marks.map((_, row) => shade(theme.heat, shareOf(surprise[row] as number, range)));
  return theme.heat.flatMap((colour) => {
    const own = marks.filter((_, row) => shades[row] === colour);
    return [
      { width: pixels, drawn: own.filter((mark) => mark.length > 1) },
      { width: DOT * pixels, drawn: own.filter((mark) => mark.length === 1) },
    ].flatMap(({ width, drawn }) =>
      drawn.length > 0 ? [element('path', { stroke: colour, 'stroke-width': width, d: pathData(drawn) })] : [],
    );
  });
}

/** The colours from left to right, the nats they stand for below. */
function legend(range: Range, top: number, theme: Theme): Markup[] {
  const label = { size: LABEL_SIZE, fill: theme.muted, width: LEGEND_WIDTH } as const;
  const axis = linearAxis({ domain: range, range: [PAGE_MARGIN, PAGE_MARGIN + LEGEND_WIDTH], count: 4 });
  const step = LEGEND_WIDTH / theme.heat.length;
  return [
    line('surprise, nats', { ...label, x: PAGE_MARGIN, y: top }),
    ...theme.heat.map((fill, i) =>
      element('rect', { x: PAGE_MARGIN + i * step, y: top + 8, width: step, height: 8, fill }),
    ),
    ...axis.ticks.map((tick) => line(tick.label, { ...label, x: axis.at(tick.value), y: top + 31, anchor: 'middle' })),
  ];
}
