import type { Point, Sketch } from '../sketch.ts';
import { arc, curve, lift, lines, loop, type Hand } from './hand.ts';
import { pair } from './part.ts';

/** Where the parts of one owl go. The head has radius 1 about the origin; the body hangs below it. */
export interface Build {
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

/** Head and body, in one stroke or in several. */
export function outline(hand: Hand, build: Build): Sketch {
  switch (build.form) {
    case 'egg':
      return egg(hand, build);
    case 'tufted':
      return tufted(hand, build);
    case 'two':
      return [loop(hand, { center: [0, 0], radii: [build.headWidth, 1] }), ...body(hand, build)];
  }
}

function egg(hand: Hand, { bodyWidth, bottom }: Build): Sketch {
  return lift(hand, loop(hand, { center: [0, (bottom - 1) / 2], radii: [bodyWidth, (bottom + 1) / 2] }), 0.15);
}

function tufted(hand: Hand, { headWidth, bodyWidth, neck, bottom }: Build): Sketch {
  const { between, maybe } = hand.chance;
  const [tip, dip] = [between(1.15, 1.6), between(0.7, 0.95)];
  const side = (sign: -1 | 1): Point[] => [
    [sign * headWidth, -0.4],
    [sign * headWidth * between(0.9, 1.05), neck],
    [sign * bodyWidth, (neck + bottom) / 2],
    [sign * bodyWidth * 0.6, bottom - 0.1],
  ];
  const crown = lines(hand, [
    [-headWidth * 0.95, -0.3],
    [-headWidth * between(0.7, 1.05), -tip],
    [-headWidth * 0.4, -dip],
    [headWidth * 0.4, -dip],
    [headWidth * between(0.7, 1.05), -tip],
    [headWidth * 0.95, -0.3],
  ]);
  // Now and then nothing is drawn below.
  if (maybe(0.2)) return [crown, curve(hand, side(-1)), curve(hand, side(1))];
  const around = curve(hand, [...side(1), [0, bottom], ...side(-1).toReversed()]);
  return maybe(0.6) ? [[...crown, ...around]] : [crown, around];
}

/** A body that hangs from a head drawn apart. */
function body(hand: Hand, { headWidth, bodyWidth, neck, bottom }: Build): Sketch {
  const { between, maybe, pick, spread } = hand.chance;
  const center: Point = [spread(0.08), (neck + bottom) / 2 - 0.1];
  const radii: Point = [bodyWidth, (bottom - neck) / 2 + 0.1];
  switch (pick({ around: 50, loop: 25, sides: 25 })) {
    case 'around': {
      const gap = Math.asin(Math.min(0.9, (headWidth * 0.6) / bodyWidth));
      return lift(hand, arc(hand, { center, radii }, [-Math.PI / 2 + gap, 1.5 * Math.PI - gap]), 0.15);
    }
    case 'loop':
      return [loop(hand, { center: [center[0], center[1] + 0.1], radii })];
    case 'sides': {
      const sides = pair(hand.chance, (sign) => [
        curve(hand, [
          [sign * headWidth * 0.75, neck * 0.9],
          [sign * bodyWidth, center[1]],
          [sign * bodyWidth * between(0.6, 0.95), bottom],
        ]),
      ]);
      const base: Point[] = [
        [-bodyWidth * 0.75, bottom],
        [bodyWidth * 0.75, bottom],
      ];
      return maybe(0.5) ? [...sides, lines(hand, base)] : sides;
    }
  }
}

/** Wings folded on the body, hanging beside it or stretched out. */
export function wings(hand: Hand, { form, bodyWidth, neck, bottom }: Build): Sketch {
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
        return [
          curve(hand, [
            [shoulder * 0.85, top],
            [elbow * between(0.4, 0.6), middle],
            [hip * 0.8, end],
          ]),
        ];
      case 'leaf':
        return [
          curve(hand, [
            [shoulder, top],
            [elbow + side * reach * 0.45, middle],
            [hip + side * 0.25, end],
            [elbow, middle + 0.2],
          ]),
        ];
      case 'spread':
        return [
          lines(hand, [
            [shoulder, top],
            [elbow + side * reach, top + between(-0.2, 0.5)],
            [elbow, middle + 0.2],
          ]),
        ];
    }
  };
  return one ? wing(1) : pair(hand.chance, wing);
}

/** Feathers: rows of small arcs. */
export function belly(hand: Hand, { bodyWidth, neck, bottom }: Build): Sketch {
  const { between, maybe, spread } = hand.chance;
  const pointed = maybe(0.4);
  const rows = maybe(0.5) ? [2, 1] : [1, 2];
  return rows.flatMap((count, row) =>
    Array.from({ length: count }, (_, i) => {
      const x = (i - (count - 1) / 2) * bodyWidth * 0.4 + spread(0.04);
      const y = neck + (bottom - neck) * (0.4 + 0.22 * row) + spread(0.04);
      const size = between(0.09, 0.15);
      return pointed
        ? lines(hand, [
            [x - size, y],
            [x, y + size],
            [x + size, y],
          ])
        : arc(hand, { center: [x, y], radii: [size, size] }, [Math.PI, 0]);
    }),
  );
}

/** Feet with or without legs. */
export function feet(hand: Hand, { bodyWidth, bottom }: Build): Sketch {
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
          lines(hand, [
            [x - 0.2, y],
            [x - 0.14, y + 0.2],
            [x - 0.06, y + 0.04],
            [x, y + 0.22],
            [x + 0.07, y + 0.04],
            [x + 0.15, y + 0.19],
            [x + 0.2, y],
          ]),
        ];
    }
  });
}

/** What the owl sits on. */
export function branch(hand: Hand, { bodyWidth, bottom }: Build): Sketch {
  const { between, maybe, spread } = hand.chance;
  const reach = bodyWidth + between(0.2, 0.8);
  const y = bottom + between(0, 0.15);
  const upper = lines(hand, [
    [-reach, y + spread(0.1)],
    [reach, y + spread(0.1)],
  ]);
  const lower = lines(hand, [
    [-reach, y + 0.25 + spread(0.05)],
    [reach, y + 0.25 + spread(0.05)],
  ]);
  return maybe(0.4) ? [upper, lower] : [upper];
}
