/** Drawings as they might have been drawn: thirty of a class are few, and a network would learn them by heart. */
import type { Point, Sketch } from '@sketch-rnn/data';

/** Radians to either side. */
const TURN = 0.25;
/** x and y are each stretched by a factor from exp(-this) to exp(this). */
const STRETCH = 0.2;
/** How far x leans with y, to either side. */
const SHEAR = 0.2;
/** Probability of the mirror image. */
const MIRROR = 0.5;
/** How far every point is moved along a wave over the drawing, at most; of its longer side. */
const BEND = 0.035;
/** How far every point is moved by itself, at most; of the longer side. */
const JITTER = 0.008;
/** Probability that a stroke is left out. */
const DROP = 0.08;

/**
 * A drawing turned, stretched, sheared, perhaps mirrored, bent as by an unsteady hand, and perhaps without one of its strokes;
 * at least one stroke is left.
 *
 * @param random uniforms in [0, 1)
 */
export function distort(sketch: Sketch, random: () => number): Sketch {
  const kept = sketch.filter(() => random() >= DROP);
  const strokes = kept.length > 0 ? kept : sketch;
  const either = (most: number): number => (2 * random() - 1) * most;
  const place = affine({
    turn: either(TURN),
    stretchX: Math.exp(either(STRETCH)) * (random() < MIRROR ? -1 : 1),
    stretchY: Math.exp(either(STRETCH)),
    shear: either(SHEAR),
  });
  const size = longerSide(sketch);
  const waveX = wave(size, random);
  const waveY = wave(size, random);
  return strokes.map((stroke) =>
    stroke.map((point): Point => {
      const moved = [
        point[0] + waveX(point) + either(JITTER * size),
        point[1] + waveY(point) + either(JITTER * size),
      ] as const;
      return place(moved);
    }),
  );
}

interface Affine {
  readonly turn: number;
  readonly stretchX: number;
  readonly stretchY: number;
  readonly shear: number;
}

function affine({ turn, stretchX, stretchY, shear }: Affine): (point: Point) => Point {
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  return ([x, y]) => {
    const leaning = stretchX * (x + shear * y);
    const stretched = stretchY * y;
    return [cos * leaning - sin * stretched, sin * leaning + cos * stretched];
  };
}

/** A wave of up to one and a half turns over the drawing, in any direction. */
function wave(size: number, random: () => number): (point: Point) => number {
  const cycles = (): number => (size > 0 ? (3 * random() - 1.5) / size : 0);
  const [alongX, alongY, phase, height] = [cycles(), cycles(), random(), random() * BEND * size];
  return ([x, y]) => height * Math.sin(2 * Math.PI * (alongX * x + alongY * y + phase));
}

function longerSide(sketch: Sketch): number {
  const points = sketch.flat();
  const spread = (axis: 0 | 1): number => {
    const values = points.map((point) => point[axis]);
    return Math.max(...values) - Math.min(...values);
  };
  return points.length > 0 ? Math.max(spread(0), spread(1)) : 0;
}
