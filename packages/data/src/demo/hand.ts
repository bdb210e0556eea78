/**
 * A hand with a pen: the strokes of the demo artist.
 *
 * Lengths are in head radii, x to the right and y down, angles in radians, clockwise on the paper from the right. Strokes
 * come out finely sampled; `simplify` leaves of them what Quick, Draw! would.
 */
import type { Point, Sketch, Stroke } from '../sketch.ts';
import { chance, type Chance } from './chance.ts';
import { fold, type Key } from '../random.ts';

/** What tells one hand from another, and from a ruler. */
export interface Hand {
  readonly chance: Chance;
  /** How far the pen strays from where it is meant to go. */
  readonly tremor: number;
  /** How far the ends of a closed shape miss each other, as a part of its size. */
  readonly slip: number;
}

/** Some steady and careful, most neither. */
export function handOf(key: Key): Hand {
  const { between } = chance(fold(key, 0));
  return { chance: chance(fold(key, 1)), tremor: between(0.01, 0.045), slip: between(0.01, 0.12) };
}

export interface Ellipse {
  readonly center: Point;
  readonly radii: Point;
}

/** Distance between samples: about two units of the 0..255 box. */
const STEP = 0.03;

/** From one angle to another, past 2 pi for more than a turn. */
export type Sweep = readonly [from: number, to: number];

/** Part of an ellipse. */
export function arc(hand: Hand, { center, radii }: Ellipse, [from, to]: Sweep): Stroke {
  const samples = steps(Math.abs(to - from) * Math.max(...radii));
  const lumps = [2, 3].map((times) => ({
    times,
    size: hand.chance.spread(0.03),
    phase: hand.chance.between(0, 2 * Math.PI),
  }));
  const points = samples.map((share): Point => {
    const angle = from + share * (to - from);
    const reach = lumps.reduce((sum, { times, size, phase }) => sum + size * Math.cos(times * angle + phase), 1);
    return [center[0] + radii[0] * reach * Math.cos(angle), center[1] + radii[1] * reach * Math.sin(angle)];
  });
  return tremble(hand, points);
}

/** A whole ellipse, begun about `start`, in either direction; it closes as well as this hand closes things. */
export function loop(hand: Hand, { center, radii }: Ellipse, start = hand.chance.between(-2.4, -0.8)): Stroke {
  const { between, maybe, spread } = hand.chance;
  // Gaps are rarer than overlaps.
  const turn = 2 * Math.PI + hand.slip * between(-1.5, 4);
  const stroke = arc(hand, { center, radii }, [start, maybe(0.6) ? start - turn : start + turn]);
  const miss: Point = [spread(hand.slip * radii[0] * 0.6), spread(hand.slip * radii[1] * 0.6)];
  return stroke.map(([x, y], i): Point => {
    const share = (i / (stroke.length - 1)) ** 2;
    return [x + share * miss[0], y + share * miss[1]];
  });
}

/** A smooth stroke through the points (Catmull & Rom 1974). */
export function curve(hand: Hand, through: readonly Point[]): Stroke {
  const at = (i: number): Point => through[Math.min(Math.max(i, 0), through.length - 1)] as Point;
  const points = through.slice(1).flatMap((_, i) =>
    steps(distance(at(i), at(i + 1))).map((t): Point => {
      const blend = (axis: 0 | 1): number => {
        const [a, b, c, d] = [at(i - 1)[axis], at(i)[axis], at(i + 1)[axis], at(i + 2)[axis]];
        return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
      };
      return [blend(0), blend(1)];
    }),
  );
  return tremble(hand, points);
}

/** Straight pieces with corners; a hand bows each piece a little. */
export function lines(hand: Hand, corners: readonly Point[]): Stroke {
  const points = corners.slice(1).flatMap((to, i) => {
    const from = corners[i] as Point;
    const bow = hand.chance.spread(0.06);
    return steps(distance(from, to)).map((t): Point => {
      const aside = bow * 4 * t * (1 - t);
      return [
        from[0] + t * (to[0] - from[0]) - aside * (to[1] - from[1]),
        from[1] + t * (to[1] - from[1]) + aside * (to[0] - from[0]),
      ];
    });
  });
  return tremble(hand, points);
}

/** A touch of the pen, which seldom leaves one point only. */
export function dot(hand: Hand, [x, y]: Point, size: number): Stroke {
  if (hand.chance.maybe(0.25)) return [[x, y]];
  return [
    [x, y],
    [x + hand.chance.spread(size / 2), y + hand.chance.between(0.3, 1) * size],
  ];
}

/** A stroke lifted and set down again somewhere on its way, as hands do in long outlines. */
export function lift(hand: Hand, stroke: Stroke, probability: number): Sketch {
  if (!hand.chance.maybe(probability)) return [stroke];
  const at = Math.floor(stroke.length * hand.chance.between(0.3, 0.7));
  const [dx, dy] = [hand.chance.spread(0.04), hand.chance.spread(0.04)];
  return [stroke.slice(0, at), stroke.slice(at).map(([x, y]): Point => [x + dx, y + dy])];
}

function distance(a: Point, b: Point): number {
  return Math.hypot(b[0] - a[0], b[1] - a[1]);
}

/** Shares 0..1 of a way of this length. */
function steps(length: number): number[] {
  const count = Math.max(2, Math.ceil(length / STEP));
  return Array.from({ length: count + 1 }, (_, i) => i / count);
}

/** Strays slowly to and fro: two waves along the way for each axis, the shorter one half as high. */
function tremble(hand: Hand, points: readonly Point[]): Stroke {
  const wave = (): ((way: number) => number) => {
    const [k1, k2] = [hand.chance.between(1, 4), hand.chance.between(5, 10)];
    const [phase1, phase2] = [hand.chance.between(0, 7), hand.chance.between(0, 7)];
    return (way) => hand.tremor * (Math.sin(k1 * way + phase1) + 0.5 * Math.sin(k2 * way + phase2));
  };
  const [strayX, strayY] = [wave(), wave()];
  let way = 0;
  return points.map((point, i): Point => {
    way += distance(points[i - 1] ?? point, point);
    return [point[0] + strayX(way), point[1] + strayY(way)];
  });
}
