import type { Point } from '@sketch-rnn/data';
import { linearAxis, logAxis, roundAxis } from './axis.ts';
import { checkSeries, curve, type Series } from './curve.ts';
import { RenderError } from './error.ts';
import { decimal, document, element, type Markup } from './svg.ts';
import { LIGHT, type Theme } from './theme.ts';
import { heading, LABEL_SIZE, lettering, line, textWidth } from './type.ts';

export interface LineChartOptions {
  readonly series: readonly Series[];
  readonly title?: string;
  readonly xLabel?: string;
  readonly yLabel?: string;
  readonly xScale?: 'linear' | 'log';
  /** px, 640 by default and at least 240. */
  readonly width?: number;
  /** px, 320 by default and at least 200. */
  readonly height?: number;
  readonly theme?: Theme;
}

const MARGIN = 20;
const TITLE_HEIGHT = 30;
const ROW_HEIGHT = 22;
const SWATCH_WIDTH = 18;
/** Between a label and what it belongs to. */
const NEAR = 8;
const LEGEND_GAP = 20;

/**
 * Curves over steps, as an SVG document: each series with a colour and its name, round values at both axes.
 *
 * @throws RenderError where a number is not finite, x goes back, or x is not above 0 on a logarithmic axis
 */
export function lineChart(options: LineChartOptions): string {
  const { series, title, xLabel, yLabel, width = 640, height = 320, theme = LIGHT } = options;
  if (!(width >= 240 && height >= 200 && Number.isFinite(width * height))) {
    throw new RenderError(`chart: expected room of 240 x 200 px or more, got ${width} x ${height}`);
  }
  for (const each of series) checkSeries(each);
  const points = series.flatMap((each) => each.points);
  const rows = legendRows(series, width);

  const legendTop = MARGIN + (title === undefined ? 0 : TITLE_HEIGHT);
  const top = legendTop + rows.length * ROW_HEIGHT + (yLabel === undefined ? NEAR : ROW_HEIGHT + NEAR);
  const bottom = height - MARGIN - ROW_HEIGHT - (xLabel === undefined ? 0 : ROW_HEIGHT);
  const y = roundAxis({ domain: domainOf(points, 1), range: [bottom, top], count: (bottom - top) / 32 });
  const left = MARGIN + NEAR + Math.max(...y.ticks.map((tick) => textWidth(tick.label, LABEL_SIZE)));
  const right = width - MARGIN;
  const xAxis = options.xScale === 'log' ? logAxis : linearAxis;
  const x = xAxis({ domain: domainOf(points, 0), range: [left, right], count: (right - left) / 80 });

  const label = { size: LABEL_SIZE, fill: theme.muted, width: width - 2 * MARGIN } as const;
  const levels = y.ticks.map(({ value }) => `M${decimal(left)} ${decimal(y.at(value))}H${decimal(right)}`);
  return document(
    { width, height, title },
    element('rect', { width, height, fill: theme.page }),
    element('path', { stroke: theme.line, d: levels.join('') }),
    ...series.map((each, i) => curve(each, { x, y, colour: colourOf(i, theme) })),
    ...legendSwatches(rows, legendTop, theme),
    lettering(
      ...(title === undefined ? [] : [heading(title, { x: MARGIN, y: MARGIN, width: label.width, fill: theme.ink })]),
      ...rows.flatMap((row, r) =>
        row.map(({ name, x: at, nameWidth }) =>
          line(name, { ...label, x: at + SWATCH_WIDTH + NEAR, y: rowBaseline(legendTop, r), width: nameWidth }),
        ),
      ),
      ...(yLabel === undefined ? [] : [line(yLabel, { ...label, x: MARGIN, y: rowBaseline(legendTop, rows.length) })]),
      ...y.ticks.map((tick) =>
        line(tick.label, { ...label, x: left - NEAR, y: y.at(tick.value) + LABEL_SIZE / 3, anchor: 'end' }),
      ),
      ...x.ticks.map((tick) =>
        line(tick.label, { ...label, x: x.at(tick.value), y: bottom + ROW_HEIGHT, anchor: 'middle' }),
      ),
      ...(xLabel === undefined ? [] : [line(xLabel, { ...label, x: right, y: height - MARGIN, anchor: 'end' })]),
    ),
  );
}

/** Least and greatest of a coordinate; a chart without points still has axes. */
function domainOf(points: readonly Point[], coordinate: 0 | 1): readonly [number, number] {
  if (points.length === 0) return [1, 10];
  return points.reduce<readonly [number, number]>(
    ([least, greatest], point) => [Math.min(least, point[coordinate]), Math.max(greatest, point[coordinate])],
    [Infinity, -Infinity],
  );
}

interface Entry {
  readonly index: number;
  readonly name: string;
  readonly nameWidth: number;
  readonly x: number;
}

/** Names side by side, in as many rows as they need. */
function legendRows(series: readonly Series[], width: number): Entry[][] {
  const rows: Entry[][] = [];
  let x = MARGIN;
  for (const [index, { name }] of series.entries()) {
    const nameWidth = Math.min(textWidth(name, LABEL_SIZE), width - 2 * MARGIN - SWATCH_WIDTH - NEAR);
    const end = x + SWATCH_WIDTH + NEAR + nameWidth;
    if (rows.length === 0 || end > width - MARGIN) {
      rows.push([]);
      x = MARGIN;
    }
    rows.at(-1)?.push({ index, name, nameWidth, x });
    x += SWATCH_WIDTH + NEAR + nameWidth + LEGEND_GAP;
  }
  return rows;
}

function legendSwatches(rows: readonly (readonly Entry[])[], top: number, theme: Theme): Markup[] {
  return rows.flatMap((row, r) =>
    row.map(({ index, x }) =>
      element('path', {
        stroke: colourOf(index, theme),
        'stroke-width': 3,
        d: `M${decimal(x)} ${decimal(rowBaseline(top, r) - LABEL_SIZE / 3)}h${SWATCH_WIDTH}`,
      }),
    ),
  );
}

function rowBaseline(top: number, row: number): number {
  return top + row * ROW_HEIGHT + LABEL_SIZE;
}

function colourOf(index: number, { series }: Theme): string {
  return series[index % series.length] as string;
}
