import { fromStroke3, type Point, type Stroke, type Stroke3 } from '@sketch-rnn/data';
import { linearAxis } from './axis.ts';
import { RenderError } from './error.ts';
import { bounds, inset, placing, type Box, type Place } from './fit.ts';
import { layOut, PAGE_MARGIN, type GridOptions } from './grid.ts';
import { pen } from './ink.ts';
import { pathData } from './path.ts';
import { MARGIN, PEN } from './sketch.ts';
import { document, element, type Markup } from './svg.ts';
import { LIGHT, shade, type Theme } from './theme.ts';
import { LABEL_SIZE, lettering, line } from './type.ts';

export interface HeatCell {
  /** `[n, 3]`. */
  readonly stroke3: Stroke3;
  /** `[n]`, nats: minus the log density of each row, the end row left out. */
  readonly surprise: ArrayLike<number>;
  readonly caption?: string;
}

export interface HeatOptions extends GridOptions {
  /** Nats of the palest and of the hottest colour; the least and the greatest of all cells by default. */
  readonly range?: readonly [least: number, greatest: number];
}

/** A line is somewhat wider than a pen's, so that its colour can be told. */
const WIDER = 1.6;
/** Where the pen comes down there is no line, but a dot this many lines wide. */
const DOT = 2;
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
    const shades = Array.from(surprise, (nats) => shade(theme.heat, (nats - range[0]) / (range[1] - range[0])));
    return theme.heat.flatMap((colour) => marksOf(colour, shades, { stroke3, place, dot: DOT * pixels }));
  });
  return document(
    { width, height, title: options.title },
    element('rect', { width, height, fill: theme.page }),
    grid.background,
    pen(pixels, ...drawings),
    lettering(...grid.lettering, ...legend(range, grid.height, theme)),
  );
}

/** The lines and dots of one colour; the hottest are drawn last, over the others. */
function marksOf(
  colour: string,
  shades: readonly string[],
  { stroke3, place, dot }: { readonly stroke3: Stroke3; readonly place: Place; readonly dot: number },
): Markup[] {
  const lines: Point[][] = [];
  const dots: Stroke[] = [];
  let [x, y] = [0, 0];
  let down = true;
  for (const [row, shadeOfRow] of shades.entries()) {
    const from: Point = [x, y];
    x += stroke3[3 * row] as number;
    y += stroke3[3 * row + 1] as number;
    if (shadeOfRow === colour) {
      const to = place([x, y]);
      const goesOn = down && row > 0 && shades[row - 1] === colour && stroke3[3 * (row - 2) + 2] !== 1;
      if (!down) dots.push([to]);
      else if (goesOn && lines.length > 0) lines.at(-1)?.push(to);
      else lines.push([place(from), to]);
    }
    down = stroke3[3 * row + 2] !== 1;
  }
  return [
    ...(lines.length > 0 ? [element('path', { stroke: colour, d: pathData(lines) })] : []),
    ...(dots.length > 0 ? [element('path', { stroke: colour, 'stroke-width': dot, d: pathData(dots) })] : []),
  ];
}
