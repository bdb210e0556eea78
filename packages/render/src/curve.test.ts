import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Point } from '@sketch-rnn/data';
import { condense } from './curve.ts';

const curve = fc
  .array(fc.tuple(fc.double({ min: 0, max: 40, noNaN: true }), fc.double({ min: -100, max: 100, noNaN: true })), {
    maxLength: 400,
  })
  .map((points): Point[] => points.toSorted((a, b) => a[0] - b[0]));

describe('condense', () => {
  test('keeps ends, heights and depths of each column of pixels, in order, and at most four points', () => {
    fc.assert(
      fc.property(curve, (points) => {
        const kept = condense(points);
        expect(points.filter((point) => kept.includes(point))).toEqual(kept);
        expect([kept[0], kept.at(-1)]).toEqual([points[0], points.at(-1)]);
        for (let column = 0; column <= 40; column++) {
          const inColumn = (list: Point[]) => list.filter(([x]) => Math.floor(x) === column);
          const [before, after] = [inColumn(points), inColumn(kept)];
          expect(after.length).toBeLessThanOrEqual(4);
          expect(extremes(after)).toEqual(extremes(before));
        }
      }),
    );
  });

  test('leaves a sparse curve alone', () => {
    const sparse = Array.from({ length: 50 }, (_, i): Point => [2 * i, Math.sin(i)]);
    expect(condense(sparse)).toEqual(sparse);
  });
});

function extremes(points: readonly Point[]): number[] {
  const ys = points.map(([, y]) => y);
  return [Math.min(...ys), Math.max(...ys)];
}
