/**
 * The landscape: squares on the plane, each with the drawing of its middle.
 *
 * Level 0 is the whole in `SQUARES` x `SQUARES`; each further level has a square between any two of the one before.
 */
import type { Place } from './plane.ts';

/** Squares on a side of level 0. */
const SQUARES = 9;

/** Standard deviations from square to square on level 0: the landscape reaches three to each side. */
const STEP = 0.75;

/** The finest level: neighbours are the same drawing there but for a line. */
export const FINEST = 4;

/** Steps of the finest level in one of level 0. */
const FINE = 2 ** FINEST;

/** Steps of the finest level from the middle to the outermost square of level 0. */
const REACH = ((SQUARES - 1) / 2) * FINE;

/** Side of a square of level 0 on the sheet the landscape is drawn on, px. */
export const SIDE = 100;

/** Half the side of the whole sheet, px. */
export const HALF = (SQUARES * SIDE) / 2;

/** Squares look best between this many px and twice as many. */
const SMALLEST = 90;

/** A square, by steps of the finest level from the middle: the same drawing has the same numbers on every level. */
export interface Square {
  readonly column: number;
  readonly row: number;
}

/** What is seen of the sheet: px on the screen = sheet px * scale + shift. */
export interface View {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

/** Text that tells a square from all others. */
export function keyOf({ column, row }: Square): string {
  return `${column}_${row}`;
}

/** The place of a square's middle. */
export function placeOfSquare({ column, row }: Square): Place {
  return { x: (column * STEP) / FINE, y: (row * STEP) / FINE };
}

/** Where a place lies on the sheet, px. */
export function onSheet({ x, y }: Place): Place {
  return { x: (x / STEP) * SIDE, y: (y / STEP) * SIDE };
}

/** The level whose squares are of a good size at a scale. */
export function levelAt(scale: number): number {
  return Math.min(FINEST, Math.max(0, Math.floor(Math.log2((SIDE * scale) / SMALLEST))));
}

/** Steps of the finest level from square to square of a level. */
export function stepOf(level: number): number {
  return 2 ** (FINEST - level);
}

/** Steps of the finest level from the middle to the outermost square of a level: all of it lies on the sheet. */
export function reachOf(level: number): number {
  const step = stepOf(level);
  return Math.floor((REACH + (FINE - step) / 2) / step) * step;
}

/** All squares of level 0, row after row. */
export function wholeLandscape(): Square[] {
  return squares({ left: -REACH, right: REACH, top: -REACH, bottom: REACH }, FINE);
}

/** Squares of a level that show on a screen of some size, those in the middle of it first. */
export function squaresInView(view: View, width: number, height: number): Square[] {
  const level = levelAt(view.scale);
  const [step, reach] = [stepOf(level), reachOf(level)];
  /** The column or row a distance on the screen falls in. */
  const at = (distance: number, shift: number): number => {
    const steps = ((distance - shift) / view.scale / SIDE) * FINE;
    return Math.max(-reach, Math.min(reach, Math.round(steps / step) * step));
  };
  const found = squares(
    { left: at(0, view.x), right: at(width, view.x), top: at(0, view.y), bottom: at(height, view.y) },
    step,
  );
  const middle = { column: at(width / 2, view.x), row: at(height / 2, view.y) };
  const distance = ({ column, row }: Square): number => Math.hypot(column - middle.column, row - middle.row);
  return found.toSorted((a, b) => distance(a) - distance(b));
}

function squares(edges: { left: number; right: number; top: number; bottom: number }, step: number): Square[] {
  const columns = (edges.right - edges.left) / step + 1;
  const rows = (edges.bottom - edges.top) / step + 1;
  return Array.from({ length: columns * rows }, (_, i) => ({
    column: edges.left + (i % columns) * step,
    row: edges.top + Math.floor(i / columns) * step,
  }));
}
