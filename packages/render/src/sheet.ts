import type { Sketch } from '@sketch-rnn/data';
import { bounds, fittingScale, inset, placing, type Box } from './fit.ts';
import { layOut, type GridOptions } from './grid.ts';
import { DOT, paths, pen, pieces, type Colouring } from './ink.ts';
import { MARGIN, PEN } from './sketch.ts';
import { document, element, type Markup } from './svg.ts';
import { LIGHT } from './theme.ts';
import { lettering } from './type.ts';

export interface Cell {
  /** Without points: an empty card. */
  readonly sketch: Sketch;
  readonly caption?: string;
  /** Where it is not that of the sheet. */
  readonly colouring?: Colouring;
}

export interface SheetOptions extends GridOptions {
  /** `fitted` (the default): each drawing as large as its card allows; `common`: all on the scale of the largest. */
  readonly scale?: 'fitted' | 'common';
  readonly colouring?: Colouring;
}

/**
 * Drawings on cards, row after row, as an SVG document: samples, reconstructions beside their originals, a ladder of
 * temperatures, a row a class. With `columns` the number of cells it is the strip of an interpolation, with n columns of
 * n x n cells the square between four corners.
 *
 * @throws RenderError where there is no cell, a coordinate is not finite, or headings and columns do not go together
 */
export function sheet(cells: readonly Cell[], options: SheetOptions = {}): string {
  const { scale = 'fitted', colouring = 'ink', theme = LIGHT } = options;
  const grid = layOut(
    cells.map((cell) => cell.caption),
    options,
  );
  const side = (grid.cards[0] as Box).width;
  const strokeWidth = side * PEN;
  const free = side * MARGIN + (DOT * strokeWidth) / 2;
  const contents = cells.map((cell) => bounds(cell.sketch));
  const room = inset({ x: 0, y: 0, width: side, height: side }, free);
  const scales = contents.map((content) => content && fittingScale(content, room));
  const smallest = Math.min(...scales.filter((each) => each !== undefined));
  const common = scale === 'common' && Number.isFinite(smallest) ? smallest : undefined;

  const drawings = cells.flatMap((cell, i): Markup[] => {
    const content = contents[i];
    if (!content) return [];
    const place = placing(content, inset(grid.cards[i] as Box, free), common);
    return paths(pieces(cell.sketch, { place, colouring: cell.colouring ?? colouring, theme, strokeWidth }));
  });
  return document(
    { width: grid.width, height: grid.height, title: options.title },
    element('rect', { width: grid.width, height: grid.height, fill: theme.page }),
    grid.background,
    pen(...drawings),
    lettering(...grid.lettering),
  );
}
