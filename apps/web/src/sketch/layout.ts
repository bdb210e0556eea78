import { fromStroke3, type Point, type Sketch, type Stroke3 } from '@sketch-rnn/data';

/** Side of the square every sketch is laid out in: the viewBox of its picture. */
export const SIDE = 100;

/** Paper left free on each side. */
const MARGIN = 11;

/** Sides of the paper a pen goes in a second: a calm hand. */
const PEN_SPEED = 2.2;

/** Seconds a hand takes to lift and set down, and so the time a dot takes. */
const TOUCH = 0.07;

/** Nobody watches longer: what takes more is drawn faster. */
const LONGEST = 7;

/** A stroke as it stands in the picture. */
export interface LaidStroke {
  /** Path data. */
  readonly d: string;
  /** A pen that only touched the paper. */
  readonly dot: boolean;
  /** When it is drawn, seconds from the beginning. */
  readonly start: number;
  readonly end: number;
}

/** A sketch in the middle of its paper. */
export interface Laid {
  readonly strokes: readonly LaidStroke[];
  /** Points of all strokes. */
  readonly points: number;
  /** Time the hand takes, seconds. */
  readonly seconds: number;
}

/** Lays a sketch out as large as fits, aspect kept, with the times at which a hand would draw it. */
export function layOut(sketch: Sketch): Laid {
  const strokes = sketch.filter((stroke) => stroke.length > 0);
  const place = placing(strokes.flat());
  let now = 0;
  const timed = strokes.map((stroke) => {
    const points = stroke.map(place);
    const length = lengthOf(points);
    const start = now;
    now += Math.max(TOUCH, length / (PEN_SPEED * SIDE));
    const end = now;
    now += TOUCH;
    return { d: polyline(points), dot: length < 0.05, start, end };
  });
  const seconds = Math.max(TOUCH, now - TOUCH);
  const pace = Math.min(1, LONGEST / seconds);
  return {
    strokes: timed.map(({ d, dot, start, end }) => ({ d, dot, start: start * pace, end: end * pace })),
    points: strokes.reduce((sum, stroke) => sum + stroke.length, 0),
    seconds: seconds * pace,
  };
}

/** `layOut` of offsets. */
export function layOutOffsets(stroke3: Stroke3): Laid {
  return layOut(fromStroke3(stroke3));
}

/** Where a point comes to lie; a sketch of one place lies in the middle. */
function placing(points: readonly Point[]): (point: Point) => Point {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const side = Math.max(right - left, bottom - top);
  const scale = side > 0 ? (SIDE - 2 * MARGIN) / side : 1;
  return ([x, y]) => [SIDE / 2 + (x - (left + right) / 2) * scale, SIDE / 2 + (y - (top + bottom) / 2) * scale];
}

/** Path data with one decimal. A place alone becomes a line of no length, which a round cap shows. */
export function polyline(points: readonly Point[]): string {
  const [first, ...rest] = points.map(([x, y]) => `${tenth(x)} ${tenth(y)}`);
  return rest.length === 0 ? `M${first}h0` : `M${first}L${rest.join(' ')}`;
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

function lengthOf(points: readonly Point[]): number {
  return points.slice(1).reduce((sum, [x, y], i) => {
    const [fromX, fromY] = points[i] as Point;
    return sum + Math.hypot(x - fromX, y - fromY);
  }, 0);
}
