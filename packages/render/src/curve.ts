import type { Point } from '@sketch-rnn/data';
import type { Axis } from './axis.ts';
import { RenderError } from './error.ts';
import { pathData } from './path.ts';
import { element, type Markup } from './svg.ts';

/** One curve of a chart. */
export interface Series {
  readonly name: string;
  /** (x, y), x growing; a series without points is named and not drawn. */
  readonly points: readonly Point[];
  /** `line` by default; `faint` for a noisy curve behind others; `dots` marks each point of a sparse one. */
  readonly look?: 'line' | 'faint' | 'dots';
}

export interface CurveOptions {
  readonly x: Axis;
  readonly y: Axis;
  readonly colour: string;
}

const LINE_WIDTH = 1.75;
const FAINT_WIDTH = 1;
const DOT_WIDTH = 6;

/** A series as lines between its points. */
export function curve({ points, look = 'line' }: Series, { x, y, colour }: CurveOptions): Markup {
  if (points.length === 0) return element('g', {});
  const placed = points.map(([px, py]): Point => [x.at(px), y.at(py)]);
  const faint = look === 'faint';
  return element(
    'g',
    { fill: 'none', stroke: colour, 'stroke-linecap': 'round', 'stroke-linejoin': 'round' },
    element('path', {
      'stroke-width': faint ? FAINT_WIDTH : LINE_WIDTH,
      'stroke-opacity': faint ? 0.6 : undefined,
      d: pathData([condense(placed)]),
    }),
    ...(look === 'dots'
      ? [element('path', { 'stroke-width': DOT_WIDTH, d: pathData(placed.map((point) => [point])) })]
      : []),
  );
}

/**
 * A curve with at most four points a column of pixels: first, lowest, highest, last (M4; Jugel et al. 2014, section 4.2).
 * It looks the same and a long run's chart stays small.
 */
export function condense(points: readonly Point[]): Point[] {
  const columns = new Map<number, Point[]>();
  for (const point of points) {
    const column = Math.floor(point[0]);
    const [first = point, low = point, high = point] = columns.get(column) ?? [];
    columns.set(column, [first, point[1] < low[1] ? point : low, point[1] > high[1] ? point : high, point]);
  }
  const kept = new Set([...columns.values()].flat());
  return points.filter((point) => kept.has(point));
}

/**
 * Passes a series on that a chart can show.
 *
 * @throws RenderError where a number is not finite or x goes back
 */
export function checkSeries({ name, points }: Series): void {
  for (const [i, [x, y]] of points.entries()) {
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      throw new RenderError(`series "${name}": expected finite numbers, got (${x}, ${y}) at point ${i} - leave it out`);
    }
    const before = points[i - 1]?.[0] ?? -Infinity;
    if (x < before) throw new RenderError(`series "${name}": expected x to grow, got ${x} after ${before} - sort it`);
  }
}
