import type { Key } from '../random.ts';
import type { Point, Sketch, Stroke } from '../sketch.ts';
import { eye } from './eye.ts';
import { handOf, lines, type Hand } from './hand.ts';
import { belly, branch, feet, outline, wings, type Build } from './owl-body.ts';
import { pair, pose, reorder, type Part } from './part.ts';

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
  const style = pick({ pupil: 34, ring: 26, scribble: 12, empty: 10, dot: 4, spot: 4, closed: 5, line: 5 });
  const apart = between(0.32, 0.5) * headWidth;
  const size = Math.min(between(0.2, 0.42), apart * 1.02);
  const height = between(-0.3, -0.05);
  const gaze: Point = maybe(0.7) ? [spread(0.08), spread(0.08)] : [between(-0.4, 0.4), between(-0.3, 0.4)];
  return pair(hand.chance, (side) => {
    const grow = between(0.88, 1.12) * (1 - 0.4 * side * turn);
    const center: Point = [turn + side * apart * (1 - 0.3 * Math.abs(turn)), height + spread(0.04)];
    return eye(hand, style, { outline: { center, radii: [size * grow, size * grow * between(0.9, 1.2)] }, gaze });
  });
}

function brows(hand: Hand, { headWidth, turn }: Build): Sketch {
  const { between } = hand.chance;
  const [inner, outer] = [between(-0.3, -0.15), between(-0.75, -0.55)];
  return pair(hand.chance, (side) => [
    lines(hand, [
      [turn + side * 0.08, inner],
      [turn + side * headWidth * between(0.5, 0.75), outer],
    ]),
  ]);
}

function beak(hand: Hand, { turn }: Build): Stroke {
  const { between, pick, spread } = hand.chance;
  const [x, y] = [turn * 1.2 + spread(0.02), between(0.1, 0.25)];
  const [width, height] = [between(0.09, 0.2), between(0.2, 0.42)];
  const tip: Point = [x + spread(0.04), y + height];
  const [left, right]: [Point, Point] = [
    [x - width, y],
    [x + width, y],
  ];
  switch (pick({ wedge: 30, triangle: 50, diamond: 20 })) {
    case 'wedge':
      return lines(hand, [left, tip, right]);
    case 'triangle':
      return lines(hand, [left, tip, right, [left[0] + spread(0.03), left[1] + spread(0.03)]]);
    case 'diamond':
      return lines(hand, [[x, y - height * 0.4], left, tip, right, [x + spread(0.03), y - height * 0.4]]);
  }
}
