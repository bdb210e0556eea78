import type { Key } from '../random.ts';
import type { Point, Sketch, Stroke } from '../sketch.ts';
import { eye, type EyeStyle } from './eye.ts';
import { arc, curve, dot, handOf, lift, lines, loop, type Ellipse, type Hand } from './hand.ts';
import { pair, pose, reorder, type Part } from './part.ts';

/** How one pig's face is made; the head is given by its ellipse. */
interface Face {
  readonly head: Ellipse;
  /** Where the snout is, as a part of the head's radii. */
  readonly snout: Point;
  readonly eyes: EyeStyle;
  /** The snout's width, as a part of the head's. */
  readonly snoutWidth: number;
}

/** A demo pig in strokes of head radii, its parts named: three in four its face, the others the whole animal from the side. */
export function pig(key: Key): readonly Part[] {
  const hand = handOf(key);
  return pose(hand.chance, reorder(hand.chance, hand.chance.maybe(0.75) ? portrait(hand) : whole(hand)));
}

function portrait(hand: Hand): readonly Part[] {
  const { between, maybe, spread, pick } = hand.chance;
  const head: Ellipse = { center: [0, 0], radii: [between(0.9, 1.35), between(0.85, 1.1)] };
  const face: Face = {
    head,
    snout: [spread(0.06), between(0.1, 0.35)],
    eyes: pick({ dot: 25, spot: 20, empty: 15, pupil: 15, line: 12, scribble: 6, ring: 5, closed: 2 }),
    snoutWidth: between(0.22, 0.45),
  };
  return [
    { name: 'outline', strokes: lift(hand, loop(hand, head), 0.12) },
    ...features(hand, face),
    { name: 'mouth', strokes: maybe(0.3) ? [mouth(hand, face)] : [] },
    { name: 'tail', strokes: maybe(0.06) ? [tail(hand, [head.radii[0] * 1.02, 0.3], 1)] : [] },
  ];
}

/** The animal from the side, its head on the right. */
function whole(hand: Hand): readonly Part[] {
  const { between, maybe, pick, spread } = hand.chance;
  const body: Ellipse = { center: [0, 0], radii: [between(1.5, 2.2), between(0.9, 1.3)] };
  const size = between(0.65, 0.9);
  const head: Ellipse = {
    center: [body.radii[0] + size * between(0.2, 0.7), between(-0.7, 0)],
    radii: [size * between(0.9, 1.15), size],
  };
  const face: Face = {
    head,
    snout: [between(-0.1, 0.35), between(0.1, 0.3)],
    eyes: pick({ dot: 35, spot: 30, empty: 15, pupil: 10, line: 10 }),
    snoutWidth: between(0.3, 0.45),
  };
  // Either the body goes all the way round, or it stops where the head is.
  const trunk = maybe(0.4) ? loop(hand, body, spread(0.5)) : arc(hand, body, [0.35, 2 * Math.PI - between(0.4, 0.7)]);
  return [
    { name: 'outline', strokes: maybe(0.5) ? [trunk, loop(hand, head)] : [loop(hand, head), trunk] },
    ...features(hand, face),
    { name: 'feet', strokes: legs(hand, body) },
    { name: 'tail', strokes: maybe(0.85) ? [tail(hand, [-body.radii[0] * 0.98, between(-0.4, 0.1)], -1)] : [] },
    { name: 'mouth', strokes: maybe(0.2) ? [mouth(hand, face)] : [] },
  ];
}

function features(hand: Hand, face: Face): readonly Part[] {
  return [
    { name: 'ears', strokes: ears(hand, face) },
    { name: 'eyes', strokes: eyes(hand, face) },
    { name: 'snout', strokes: drawSnout(hand, face) },
  ];
}

/** A place in the head's own measure. */
function within({ center, radii }: Ellipse, x: number, y: number): Point {
  return [center[0] + x * radii[0], center[1] + y * radii[1]];
}

function ears(hand: Hand, { head }: Face): Sketch {
  const { between, pick } = hand.chance;
  const style = pick({ pointed: 55, round: 25, floppy: 20 });
  const [angle, width, height] = [between(0.5, 0.85), between(0.18, 0.32), between(0.35, 0.8)];
  const rim = (side: -1 | 1, at: number, out: number): Point =>
    within(head, side * Math.sin(at) * out, -Math.cos(at) * out);
  return pair(hand.chance, (side) => {
    const inner = rim(side, angle - width, between(0.93, 1.02));
    const outer = rim(side, angle + width, between(0.93, 1.02));
    switch (style) {
      case 'pointed':
        return [lines(hand, [inner, rim(side, angle + between(-0.1, 0.2), 1 + height), outer])];
      case 'round':
        return [
          curve(hand, [
            inner,
            rim(side, angle - width, 1 + height * 0.6),
            rim(side, angle + width, 1 + height * 0.7),
            outer,
          ]),
        ];
      case 'floppy': {
        const fold = rim(side, angle + 0.05, 1 + height * 0.6);
        return [lines(hand, [inner, fold, rim(side, angle + width * 2.2, 1.05 + height * 0.4), outer])];
      }
    }
  });
}

function eyes(hand: Hand, { head, snout, eyes: style }: Face): Sketch {
  const { between, maybe, spread } = hand.chance;
  const [apart, height, size] = [between(0.3, 0.48), between(-0.5, -0.25), between(0.09, 0.17)];
  const gaze: Point = maybe(0.7) ? [0, 0] : [between(-0.4, 0.4), between(-0.3, 0.3)];
  return pair(hand.chance, (side) => {
    const center = within(head, snout[0] * 0.6 + side * apart, height + spread(0.04));
    const radius = size * Math.min(...head.radii) * between(0.85, 1.15);
    return eye(hand, style, { outline: { center, radii: [radius, radius * between(0.9, 1.2)] }, gaze });
  });
}

function drawSnout(hand: Hand, { head, snout: place, snoutWidth }: Face): Sketch {
  const { between, pick } = hand.chance;
  const center = within(head, place[0], place[1]);
  const width = snoutWidth * head.radii[0];
  const radii: Point = [width, width * between(0.6, 1)];
  const style = pick({ dots: 30, lines: 35, loops: 35 });
  const apart = between(0.28, 0.42);
  const nostrils = pair(hand.chance, (side) => {
    const at: Point = [center[0] + side * apart * radii[0], center[1] + between(-0.1, 0.1) * radii[1]];
    const size = Math.min(...radii);
    if (style === 'dots') return [dot(hand, at, size * 0.15)];
    if (style === 'loops') return [loop(hand, { center: at, radii: [size * 0.15, size * 0.24] })];
    return [
      lines(hand, [
        [at[0], at[1] - size * 0.3],
        [at[0] + hand.chance.spread(0.02), at[1] + size * 0.3],
      ]),
    ];
  });
  return [loop(hand, { center, radii }), ...nostrils];
}

function mouth(hand: Hand, { head, snout: place, snoutWidth }: Face): Stroke {
  const { between } = hand.chance;
  const center = within(head, place[0], Math.min(place[1] + snoutWidth, 0.7));
  const width = head.radii[0] * between(0.2, 0.4);
  return arc(hand, { center, radii: [width, width * between(0.2, 0.6)] }, [Math.PI * 0.9, Math.PI * 0.1]);
}

/** A curl going away from the body; `side` is where the body is not. */
function tail(hand: Hand, [x, y]: Point, side: -1 | 1): Stroke {
  const { between } = hand.chance;
  const [turns, size, reach] = [between(0.8, 2.2), between(0.12, 0.2), between(0.4, 0.7)];
  const points = Array.from({ length: 16 }, (_, i): Point => {
    const t = i / 15;
    const angle = 2 * Math.PI * turns * t;
    return [x + side * (reach * t + size * Math.sin(angle)), y - 0.15 * t - size * (1 - Math.cos(angle))];
  });
  return curve(hand, points);
}

function legs(hand: Hand, { radii }: Ellipse): Sketch {
  const { between, maybe, pick, spread } = hand.chance;
  const style = pick({ lines: 55, pegs: 45 });
  const count = maybe(0.8) ? 4 : 3;
  const [length, width] = [between(0.4, 0.9), between(0.1, 0.17)];
  const reach = between(0.55, 0.75);
  return Array.from({ length: count }, (_, i) => {
    const share = reach * ((2 * i) / (count - 1) - 1) + spread(0.05);
    const [x, y] = [share * radii[0], radii[1] * Math.sqrt(1 - share * share) * 0.97];
    const foot = Math.max(y, radii[1] * 0.8) + length + spread(0.06);
    if (style === 'lines')
      return lines(hand, [
        [x, y],
        [x + spread(0.08), foot],
      ]);
    return lines(hand, [
      [x - width, y],
      [x - width, foot],
      [x + width, foot],
      [x + width, y],
    ]);
  });
}
