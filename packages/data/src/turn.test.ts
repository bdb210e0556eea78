import { expect, test } from 'vitest';
import { turn } from './turn.ts';

const drawing = Float32Array.of(3, -2, 0, 0, 7, 0, -5, 1, 1);

test('a quarter turn takes x to y and y to -x', () => {
  const quarter = turn(drawing, 90);
  for (const [i, value] of [2, 3, 0, -7, 0, 0, -1, -5, 1].entries()) expect(quarter[i]).toBeCloseTo(value, 5);
});

test('there and back is where it was, lengths stay, and nothing is written to', () => {
  const before = drawing.slice();
  for (const degrees of [-170, -15, 0, 8, 45, 123]) {
    const turned = turn(drawing, degrees);
    const back = turn(turned, -degrees);
    for (let i = 0; i < drawing.length; i++) expect(back[i]).toBeCloseTo(drawing[i] as number, 5);
    for (let i = 0; i < drawing.length; i += 3) {
      const length = (of: Float32Array): number => Math.hypot(of[i] as number, of[i + 1] as number);
      expect(length(turned)).toBeCloseTo(length(drawing), 5);
    }
  }
  expect(drawing).toEqual(before);
});
