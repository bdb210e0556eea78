import type { Key } from '../random.ts';
import type { Point, Sketch } from '../sketch.ts';
import { eye } from './eye.ts';
import { arc, curve, handOf, lift, lines, loop, type Hand } from './hand.ts';
import { pair, pose, reorder, type Part } from './part.ts';

/** Where the parts of one owl go. The head has radius 1 about the origin; the body hangs below it. */
interface Build {
  /** Head and body apart; one egg; one outline that goes up into the ear tufts. */
  readonly form: 'two' | 'egg' | 'tufted';
  readonly headWidth: number;
  readonly bodyWidth: number;
  /** Where head and body meet, and where the body ends. */
  readonly neck: number;
  readonly bottom: number;
  /** How far the face is turned aside. */
  readonly turn: number;
}

/** A demo owl, from the front or a little aside, in strokes of head radii, its parts named. */
export function owl(key: Key): readonly Part[] {
  const hand = handOf(key);
  const { chance } = hand;
  const form = chance.pick({ two: 45, egg: 30, tufted: 25 });
  const headWidth = chance.between(0.85, 1.25);
  const build: Build = {
    form,
    headWidth,
    bodyWidth: form === 'egg' ? headWidth * chance.between(1, 1.15) : chance.between(0.85, 1.45),
    neck: chance.between(0.65, 0.95),
    bottom: chance.between(2, 3.3),
    turn: chance.maybe(0.3) ? chance.between(0.1, 0.3) : chance.spread(0.04),
  };
  const parts: Part[] = [
    { name: 'outline', strokes: outline(hand, build) },
    { name: 'ears', strokes: form === 'tufted' ? [] : ears(hand, build) },
    { name: 'eyes', strokes: eyes(hand, build) },
    { name: 'brows', strokes: chance.maybe(0.12) ? brows(hand, build) : [] },
    { name: 'beak', strokes: [beak(hand, build)] },
    { name: 'wings', strokes: chance.maybe(0.6) ? wings(hand, build) : [] },
    { name: 'belly', strokes: chance.maybe(0.2) ? belly(hand, build) : [] },
    { name: 'feet', strokes: chance.maybe(0.6) ? feet(hand, build) : [] },
    { name: 'branch', strokes: chance.maybe(0.2) ? branch(hand, build) : [] },
  ];
  return pose(chance, reorder(chance, parts));
}

function outline(hand: Hand, { form, headWidth, bodyWidth, neck, bottom }: Build): Sketch {
  const { chance } = hand;
  if (form === 'egg') {
    const center: Point = [0, (bottom - 1) / 2];
    return lift(hand, loop(hand, { center, radii: [bodyWidth, (bottom + 1) / 2] }), 0.15);
  }
  if (form === 'tufted') {
    const tip = chance.between(1.15, 1.6);
    const dip = chance.between(0.7, 0.95);
    const middle = (neck + bottom) / 2;
    const side = (sign: -1 | 1): Point[] => [
      [sign * headWidth, -0.4],
      [sign * headWidth * chance.between(0.9, 1.05), neck],
      [sign * bodyWidth, middle],
      [sign * bodyWidth * 0.6, bottom - 0.1],
    ];
    const crown: Point[] = [
      [-headWidth * 0.95, -0.3],
      [-headWidth * chance.between(0.7, 1.05), -tip],
      [-headWidth * 0.4, -dip],
      [headWidth * 0.4, -dip],
      [headWidth * chance.between(0.7, 1.05), -tip],
      [headWidth * 0.95, -0.3],
    ];
    const down = curve(hand, side(1));
    const foot: Point = [0, bottom];
    const around = curve(hand, [...side(1), foot, ...side(-1).reverse()]);
    if (chance.maybe(0.5)) return [[...lines(hand, crown), ...around]];
    return [lines(hand, crown), ...(chance.maybe(0.6) ? [around] : [curve(hand, side(-1)), down])];
  }
  const head = loop(hand, { center: [0, 0], radii: [headWidth, 1] });
  const center: Point = [chance.spread(0.08), (neck + bottom) / 2 - 0.1];
  const radii: Point = [bodyWidth, (bottom - neck) / 2 + 0.1];
  switch (chance.pick({ around: 50, loop: 25, sides: 25 })) {
    case 'around': {
      const gap = Math.asin(Math.min(0.9, (headWidth * 0.6) / bodyWidth));
      return [head, ...lift(hand, arc(hand, { center, radii }, -Math.PI / 2 + gap, 1.5 * Math.PI - gap), 0.15)];
    }
    case 'loop':
      return [head, loop(hand, { center: [center[0], center[1] + 0.1], radii })];
    case 'sides': {
      const side = (sign: -1 | 1): Sketch => [
        curve(hand, [
          [sign * headWidth * 0.75, neck * 0.9],
          [sign * bodyWidth, center[1]],
          [sign * bodyWidth * chance.between(0.6, 0.95), bottom],
        ]),
      ];
      const base: Point[] = [
        [-bodyWidth * 0.75, bottom],
        [bodyWidth * 0.75, bottom],
      ];
      return [head, ...pair(chance, side), ...(chance.maybe(0.5) ? [lines(hand, base)] : [])];
    }
  }
}

function ears(hand: Hand, { headWidth }: Build): Sketch {
  const { between, pick } = hand.chance;
  const style = pick({ triangle: 55, tuft: 15, none: 30 });
  if (style === 'none') return [];
  const [angle, width, height] = [between(0.45, 0.85), between(0.18, 0.35), between(0.35, 0.8)];
  const rim = (side: -1 | 1, at: number, out: number): Point => [
    side * Math.sin(at) * headWidth * out,
    -Math.cos(at) * out,
  ];
  return pair(hand.chance, (side) => {
    const tip = rim(side, angle + between(-0.1, 0.15), 1 + height);
    if (style === 'tuft') return [lines(hand, [rim(side, angle - width, 0.98), tip, rim(side, angle, 1.1)])];
    return [lines(hand, [rim(side, angle - width, 0.98), tip, rim(side, angle + width, 0.98)])];
  });
}

function eyes(hand: Hand, { headWidth, turn }: Build): Sketch {
  const { between, spread, maybe, pick } = hand.chance;
  const style = pick({ pupil: 34, ring: 26, scribble: 12, empty: 10, dot: 8, closed: 5, line: 5 });
  const apart = between(0.32, 0.5) * headWidth;
  const size = Math.min(between(0.2, 0.42), apart * 1.02);
  const height = between(-0.3, 0);
  const gaze: Point = maybe(0.7) ? [spread(0.08), spread(0.08)] : [between(-0.4, 0.4), between(-0.3, 0.4)];
  return pair(hand.chance, (side) => {
    const grow = between(0.88, 1.12) * (1 - 0.4 * side * turn);
    const center: Point = [turn + side * apart * (1 - 0.3 * Math.abs(turn)), height + spread(0.04)];
    return eye(hand, style, { center, radii: [size * grow, size * grow * between(0.9, 1.2)] }, gaze);
  });
}

function brows(hand: Hand, { headWidth, turn }: Build): Sketch {
  const { between } = hand.chance;
  const [inner, outer] = [between(-0.3, -0.15), between(-0.75, -0.55)];
  return pair(hand.chance, (side) => [
    lines(hand, [[turn + side * 0.08, inner], [turn + side * headWidth * between(0.5, 0.75), outer]]),
  ]);
}

function beak(hand: Hand, { turn }: Build): Point[] {
  const { between, pick, spread } = hand.chance;
  const [x, y] = [turn * 1.2 + spread(0.02), between(0.08, 0.25)];
  const [width, height] = [between(0.09, 0.2), between(0.2, 0.42)];
  const tip: Point = [x + spread(0.04), y + height];
  const [left, right]: [Point, Point] = [
    [x - width, y],
    [x + width, y],
  ];
  switch (pick({ wedge: 30, triangle: 50, diamond: 20 })) {
    case 'wedge':
      return [...lines(hand, [left, tip, right])];
    case 'triangle':
      return [...lines(hand, [left, tip, right, [left[0] + spread(0.03), left[1] + spread(0.03)]])];
    case 'diamond':
      return [...lines(hand, [[x, y - height * 0.4], left, tip, right, [x + spread(0.03), y - height * 0.4]])];
  }
}

function wings(hand: Hand, { form, bodyWidth, neck, bottom }: Build): Sketch {
  const { between, maybe, pick } = hand.chance;
  const style = pick({ folded: 50, leaf: 30, spread: 20 });
  const [top, end] = [neck + between(0.2, 0.4), neck + (bottom - neck) * between(0.65, 0.9)];
  const middle = (top + end) / 2;
  const reach = between(0.5, 1.1);
  const one = maybe(0.15);
  // Where the body's edge is: upright enough, but for an egg.
  const edge = (y: number): number =>
    form === 'egg' ? bodyWidth * Math.sqrt(1 - ((2 * y + 1 - bottom) / (bottom + 1)) ** 2) : bodyWidth * 0.85;
  const wing = (side: -1 | 1): Sketch => {
    const [shoulder, elbow, hip] = [side * edge(top), side * edge(middle), side * edge(end)];
    switch (style) {
      case 'folded':
        return [curve(hand, [[shoulder * 0.85, top], [elbow * between(0.4, 0.6), middle], [hip * 0.8, end]])];
      case 'leaf':
        return [curve(hand, [[shoulder, top], [elbow + side * reach * 0.45, middle], [hip + side * 0.25, end], [elbow, middle + 0.2]])];
      case 'spread':
        return [lines(hand, [[shoulder, top], [elbow + side * reach, top + between(-0.2, 0.5)], [elbow, middle + 0.2]])];
    }
  };
  return one ? wing(1) : pair(hand.chance, wing);
}

/** Feathers: rows of small arcs. */
function belly(hand: Hand, { bodyWidth, neck, bottom }: Build): Sketch {
  const { between, maybe, spread } = hand.chance;
  const pointed = maybe(0.4);
  const rows = maybe(0.5) ? [2, 1] : [1, 2];
  return rows.flatMap((count, row) =>
    Array.from({ length: count }, (_, i) => {
      const x = (i - (count - 1) / 2) * bodyWidth * 0.4 + spread(0.04);
      const y = neck + (bottom - neck) * (0.4 + 0.22 * row) + spread(0.04);
      const size = between(0.09, 0.15);
      return pointed
        ? lines(hand, [[x - size, y], [x, y + size], [x + size, y]])
        : arc(hand, { center: [x, y], radii: [size, size] }, Math.PI, 0);
    }),
  );
}

function feet(hand: Hand, { bodyWidth, bottom }: Build): Sketch {
  const { between, maybe, pick, spread } = hand.chance;
  const style = pick({ claws: 45, oval: 25, toes: 30 });
  const [apart, leg] = [bodyWidth * between(0.25, 0.5), between(0.1, 0.45)];
  return pair(hand.chance, (side) => {
    const [x, y] = [side * apart, bottom - 0.05];
    switch (style) {
      case 'claws': {
        const ankle: Point = [x + spread(0.04), y + leg];
        const toes: Point[] = [[x - 0.2, y + leg + 0.16], ankle, [x + 0.2, y + leg + 0.14]];
        const middle: Point[] = [[x, y], ankle, ...(maybe(0.6) ? [[x + spread(0.03), y + leg + 0.22] as const] : [])];
        return [lines(hand, middle), lines(hand, toes)];
      }
      case 'oval':
        return [loop(hand, { center: [x, y + 0.12], radii: [0.2, 0.12] })];
      case 'toes':
        return [
          lines(hand, [[x - 0.2, y], [x - 0.14, y + 0.2], [x - 0.06, y + 0.04], [x, y + 0.22], [x + 0.07, y + 0.04], [x + 0.15, y + 0.19], [x + 0.2, y]]),
        ];
    }
  });
}

function branch(hand: Hand, { bodyWidth, bottom }: Build): Sketch {
  const { between, maybe, spread } = hand.chance;
  const reach = bodyWidth + between(0.2, 0.8);
  const y = bottom + between(0, 0.15);
  const upper = lines(hand, [[-reach, y + spread(0.1)], [reach, y + spread(0.1)]]);
  const lower = lines(hand, [[-reach, y + 0.25 + spread(0.05)], [reach, y + 0.25 + spread(0.05)]]);
  return maybe(0.4) ? [upper, lower] : [upper];
}
