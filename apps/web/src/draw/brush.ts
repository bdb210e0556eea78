import { getStroke } from 'perfect-freehand';

/** What a pen did: where it was, and how hard it was pressed, 0 to 1. */
export type InkPoint = readonly [x: number, y: number, pressure: number];

/** What is told of a pointer that knows no pressure: the line is as wide as the model's. */
export const EVEN_PRESSURE = 0.5;

/** Width of an evenly pressed line, units of the paper. */
const WIDTH = 2.4;

/** At full pressure a line is 1 + this times as wide, at none 1 - this. */
const THINNING = 0.7;

/** Outline of a line of ink, wider where the pen was pressed, as path data to be filled. */
export function brushPath(ink: readonly InkPoint[]): string {
  const outline = getStroke(
    ink.map(([x, y, pressure]) => [x, y, pressure]),
    { size: WIDTH, thinning: THINNING, smoothing: 0.5, streamline: 0.3, simulatePressure: false, last: true },
  );
  return `M${outline.map(([x, y]) => `${hundredth(x)} ${hundredth(y)}`).join('L')}Z`;
}

function hundredth(value: number): number {
  return Math.round(value * 100) / 100;
}
