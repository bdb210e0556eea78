import { toStroke3 } from '@sketch-rnn/data';
import { expect, test } from 'vitest';
import { countSteps, tinyShare } from './steps.ts';

test('steps with the pen down count, what is between strokes does not', () => {
  const drawing = toStroke3([
    [
      [0, 0],
      [1, 1],
      [10, 1],
      [10, 3],
    ],
    // A unit away, through the air.
    [
      [10, 4],
      [10.5, 4],
    ],
  ]);
  // Of (1, 1), (9, 0), (0, 2) and (0.5, 0) the first and the last are shorter than 2.
  expect(countSteps([drawing])).toEqual({ steps: 4, tiny: 2 });
  expect(
    tinyShare([
      drawing,
      toStroke3([
        [
          [0, 0],
          [50, 0],
        ],
      ]),
    ]),
  ).toBe(2 / 5);
  expect(tinyShare([])).toBe(0);
});
