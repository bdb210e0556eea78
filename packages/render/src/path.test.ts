import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { point, sketch } from '../test/arbitrary.ts';
import { distanceTo, polylines } from '../test/read.ts';
import { pathData } from './path.ts';

describe('pathData', () => {
  test('goes through every point of every stroke, within the rounding', () => {
    fc.assert(
      fc.property(sketch, (strokes) => {
        const lines = polylines(pathData(strokes));
        expect(lines).toHaveLength(strokes.length);
        for (const [i, stroke] of strokes.entries()) {
          for (const each of stroke) expect(distanceTo(lines[i] ?? [], each)).toBeLessThan(0.0708);
        }
      }),
    );
  });

  test('goes nowhere else: vertices are the points in their order', () => {
    fc.assert(
      fc.property(fc.array(point, { minLength: 2, maxLength: 50 }), (stroke) => {
        const [vertices = []] = polylines(pathData([stroke]));
        let next = 0;
        for (const vertex of vertices) {
          while (next < stroke.length && distanceTo([vertex], stroke[next] as [number, number]) > 0.0708) next++;
          expect(next).toBeLessThan(stroke.length);
        }
      }),
    );
  });

  test('rounding does not add up over 10,000 small steps', () => {
    const stroke = Array.from({ length: 10_000 }, (_, i): [number, number] => [i * 0.0333, i * 0.0444]);
    const end = polylines(pathData([stroke]))[0]?.at(-1);
    expect(distanceTo([end as [number, number]], stroke.at(-1) as [number, number])).toBeLessThan(0.0708);
  });

  test('a dot and a stroke too short to see are lines of no length, which a round cap shows', () => {
    expect(pathData([[[3, 4]]])).toBe('M3 4h0');
    expect(pathData([[[3, 4], [3.01, 4.01], [2.99, 4]]])).toBe('M3 4h0'); // prettier-ignore
  });

  test('is short', () => {
    expect(pathData([[[0.04, 10], [0.5, 9.75], [20, 9.75]]])).toBe('M0 10l.5-.2 19.5 0'); // prettier-ignore
  });
});
