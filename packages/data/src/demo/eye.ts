import type { Point, Sketch, Stroke } from '../sketch.ts';
import { arc, dot, lines, loop, type Ellipse, type Hand } from './hand.ts';

/** How one drawing does its eyes; both are done alike. */
export type EyeStyle = 'pupil' | 'ring' | 'empty' | 'scribble' | 'dot' | 'spot' | 'line' | 'closed';

/** One eye in the ellipse it may fill; `gaze` is where it looks, in eye radii. */
export function eye(hand: Hand, style: EyeStyle, { outline, gaze }: { outline: Ellipse; gaze: Point }): Sketch {
  const { chance } = hand;
  const { center, radii } = outline;
  const pupil: Point = [center[0] + gaze[0] * radii[0], center[1] + gaze[1] * radii[1]];
  const size = Math.min(...radii);
  switch (style) {
    case 'pupil':
      return [loop(hand, outline), dot(hand, pupil, size * 0.3)];
    case 'ring': {
      const share = chance.between(0.25, 0.5);
      return [loop(hand, outline), loop(hand, { center: pupil, radii: [radii[0] * share, radii[1] * share] })];
    }
    case 'scribble':
      return [loop(hand, outline), scribble(hand, pupil, size * chance.between(0.25, 0.45))];
    case 'empty':
      return [loop(hand, outline)];
    case 'dot':
      return [dot(hand, center, size * 0.5)];
    case 'spot':
      return [scribble(hand, center, size * 0.3)];
    case 'line':
      return [
        lines(hand, [
          [center[0], center[1] - size * 0.5],
          [center[0] + chance.spread(0.03), center[1] + size * 0.4],
        ]),
      ];
    case 'closed':
      return [arc(hand, outline, [Math.PI * 0.95, Math.PI * 0.05])];
  }
}

/** A spot filled in by going to and fro. */
function scribble(hand: Hand, [x, y]: Point, size: number): Stroke {
  const turns = Math.floor(hand.chance.between(4, 8));
  const corners = Array.from({ length: turns }, (_, i): Point => [
    x + (i % 2 ? 1 : -1) * size * hand.chance.between(0.5, 1),
    y + (2 * (i / (turns - 1)) - 1) * size + hand.chance.spread(0.01),
  ]);
  return lines(hand, corners);
}
