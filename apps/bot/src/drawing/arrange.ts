import { type Point, fitToSquare, type Sketch, type Stroke } from '@sketch-rnn/data';

/** Side of a place on the paper, and the room between two. */
const SIDE = 100;
const GAP = 24;

/**
 * Several sketches as one, row after row, each as large as its place allows and in the middle of it: they are then drawn
 * one after the other.
 *
 * @param columns how many stand side by side
 */
export function arrange(sketches: readonly Sketch[], columns: number): Sketch {
  return sketches.flatMap((sketch, i): Stroke[] => {
    const fitted = fitToSquare(sketch, SIDE);
    const [width, height] = extent(fitted);
    const left = (i % columns) * (SIDE + GAP) + (SIDE - width) / 2;
    const top = Math.floor(i / columns) * (SIDE + GAP) + (SIDE - height) / 2;
    return fitted.map((stroke) => stroke.map(([x, y]): Point => [x + left, y + top]));
  });
}

/** Width and height of a sketch whose top left corner is the origin. */
function extent(sketch: Sketch): readonly [width: number, height: number] {
  let [width, height] = [0, 0];
  for (const stroke of sketch) {
    for (const [x, y] of stroke) {
      width = Math.max(width, x);
      height = Math.max(height, y);
    }
  }
  return [width, height];
}
