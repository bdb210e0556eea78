import type { Point } from '@sketch-rnn/data';
import { positive, RenderError } from './error.ts';
import type { Drawn } from './sketch.ts';

/** Sides of the paper a pen goes in a second: a calm hand. */
const PEN_SPEED = 1.6;

/** A lifted hand is faster. */
const AIR_SPEED = 4;

/** Seconds a hand takes to lift and to set down, and so the time a dot takes. */
const TOUCH = 0.08;

/** Nobody watches longer: what takes more is drawn faster. */
const LONGEST = 12;

export interface Timing {
  /** Seconds the drawing takes; by default as long as a pen needs, at most 12. */
  readonly seconds?: number;
  /** Seconds the finished drawing stays before it is drawn anew, 1.5 by default. */
  readonly pause?: number;
}

/** When each piece of a drawing is drawn, in seconds from the beginning. */
export interface Timeline {
  readonly pieces: readonly { readonly start: number; readonly end: number }[];
  /** Seconds until the drawing is finished. */
  readonly drawing: number;
  readonly pause: number;
}

/** The pace of a hand: time goes with the length of the lines, and with the way through the air between them. */
export function timelineOf({ size, pieces }: Drawn, { seconds, pause = 1.5 }: Timing): Timeline {
  let now = 0;
  let hand: Point | undefined;
  const natural = pieces.map(({ points, continues }) => {
    const first = points[0] as Point;
    if (hand && !continues) now += TOUCH + distance(hand, first) / (AIR_SPEED * size);
    const start = now;
    now += Math.max(TOUCH, lengthOf(points) / (PEN_SPEED * size));
    hand = points.at(-1);
    return { start, end: now };
  });
  if (!(pause >= 0 && Number.isFinite(pause)))
    throw new RenderError(`pause: expected seconds, 0 or more, got ${pause}`);
  const drawing = positive(seconds ?? Math.max(TOUCH, Math.min(LONGEST, now)), 'seconds');
  const pace = drawing / Math.max(TOUCH, now);
  return {
    pieces: natural.map(({ start, end }) => ({ start: start * pace, end: end * pace })),
    drawing,
    pause,
  };
}

export function distance(a: Point, b: Point): number {
  return Math.hypot(b[0] - a[0], b[1] - a[1]);
}

/** Length of a polyline, px. */
export function lengthOf(points: readonly Point[]): number {
  return points.slice(1).reduce((sum, point, i) => sum + distance(points[i] as Point, point), 0);
}
