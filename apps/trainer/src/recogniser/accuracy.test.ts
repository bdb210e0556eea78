import { expect, test } from 'vitest';
import { accuracyOf } from './accuracy.ts';

/** Scores of seven classes, each drawing with its own class in the given rank. */
function answers(...ranked: readonly (readonly [label: number, rank: number])[]): [Float32Array, number[]] {
  const rows = ranked.map(([label, rank]) => {
    const others = [0, 1, 2, 3, 4, 5, 6].filter((each) => each !== label);
    const order = others.toSpliced(rank, 0, label);
    return Array.from({ length: 7 }, (_, each) => -order.indexOf(each));
  });
  return [Float32Array.from(rows.flat()), ranked.map(([label]) => label)];
}

test('counts those named first and among five, by drawing and by class', () => {
  // Three of class 2: first, fifth, sixth; one of class 6: second.
  const [scores, labels] = answers([2, 0], [2, 4], [2, 5], [6, 1]);
  const { drawings, top1, top5, byClass } = accuracyOf(scores, labels, 7);
  expect({ drawings, top1, top5 }).toEqual({ drawings: 4, top1: 1 / 4, top5: 3 / 4 });
  expect(byClass.top1).toBeCloseTo((1 / 3 + 0) / 2, 12);
  expect(byClass.top5).toBeCloseTo((2 / 3 + 1) / 2, 12);
});

test('who likes all classes the same names nothing rightly', () => {
  expect(accuracyOf(new Float32Array(14), [0, 6], 7)).toMatchObject({ top1: 0, top5: 0 });
});
