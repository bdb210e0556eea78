import type { Point, Sketch, Stroke } from '@sketch-rnn/data';
import { angleBetween, direction, distance, lengthOf } from './line.ts';

/** Share of the picture's longer side within which a line reaches its border. */
const MARGIN = 0.02;

/** A ruled line on a curved page or through a lens is longer than straight by less than this factor. */
const BENT = 1.05;

/** Rules of one paper differ in direction by less than this, radians: they run together in the distance. */
const APART = (10 * Math.PI) / 180;

/** Fewer lines than these are no ruled paper. */
const FEWEST = 3;

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Strokes without the rules of the paper: several straight ones beside each other, from border to border or what crossings left of
 * that, where nothing else comes near the border. A drawing that was cut out closely has other strokes there, and loses none.
 */
export function withoutRules(strokes: Sketch, { width, height }: Size): Sketch {
  const margin = MARGIN * Math.max(width, height);
  const atBorder = ([x, y]: Point): boolean => Math.min(x, y, width - 1 - x, height - 1 - y) <= margin;
  const straight = strokes.filter((stroke) => lengthOf(stroke) < BENT * distance(...endsOf(stroke)));
  const whole = straight.filter((stroke) => endsOf(stroke).every(atBorder));
  if (whole.length < FEWEST) return strokes;
  const [a, b] = endsOf(whole[0] as Stroke);
  const along = direction(a, b);
  const isParallel = (stroke: Stroke): boolean => {
    const angle = angleBetween(along, direction(...endsOf(stroke)));
    return Math.min(angle, Math.PI - angle) < APART;
  };
  if (!whole.every(isParallel)) return strokes;
  const rules = new Set(straight.filter((stroke) => isParallel(stroke) && endsOf(stroke).some(atBorder)));
  const left = strokes.filter((stroke) => !rules.has(stroke));
  return left.some((stroke) => stroke.some(atBorder)) ? strokes : left;
}

function endsOf(stroke: Stroke): [Point, Point] {
  return [stroke[0] as Point, stroke.at(-1) as Point];
}
