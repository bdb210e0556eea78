import { fitToSquare, type Point, type Sketch } from '@sketch-rnn/data';
import { PAPER } from './paper-size.ts';

/** Side of a drawing of the model's own on the paper: there is room around it to draw on. */
const SIDE = 0.7 * PAPER;

/** A sketch in the middle of the paper. */
export function centred(sketch: Sketch): Sketch {
  const fitted = fitToSquare(sketch, SIDE);
  const middle = (axis: 0 | 1): number => Math.max(...fitted.flat().map((point) => point[axis])) / 2;
  const [dx, dy] = [PAPER / 2 - middle(0), PAPER / 2 - middle(1)];
  return fitted.map((stroke) => stroke.map(([x, y]): Point => [x + dx, y + dy]));
}
