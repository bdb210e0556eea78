import fc from 'fast-check';
import type { Point } from '@sketch-rnn/data';
import { describe, expect, test } from 'vitest';
import { hostile, sketch } from '../test/arbitrary.ts';
import { all, distanceTo, polylines, read, vertices } from '../test/read.ts';
import { sketchToSvg } from './sketch.ts';
import { DARK, LIGHT } from './theme.ts';

const owl = [[[0, 0], [10, 0], [10, 10]], [[3, 3]], [[6, 3], [7, 4]]] as [number, number][][]; // prettier-ignore

describe('sketchToSvg', () => {
  test('ink goes through every point and stays inside the paper, its width included', () => {
    fc.assert(
      fc.property(
        sketch,
        fc.integer({ min: 16, max: 600 }),
        fc.double({ min: 0, max: 0.3, noNaN: true }),
        (strokes, size, margin) => {
          const svg = read(sketchToSvg(strokes, { size, margin }));
          const drawn = vertices(svg);
          const widest = Math.max(...all(svg, 'path').map((path) => Number(path.attributes['stroke-width'])));
          for (const [x, y] of drawn) {
            for (const value of [x, y]) {
              expect(value - widest / 2).toBeGreaterThanOrEqual(-0.06);
              expect(value + widest / 2).toBeLessThanOrEqual(size + 0.06);
            }
          }
          // Where each point has to be: middle onto middle, longer side onto longer side.
          const [from, to] = [frame(strokes.flat()), frame(drawn)];
          const scale = from.side === 0 ? 0 : to.side / from.side;
          for (const [x, y] of strokes.flat()) {
            const expected = [to.x + (x - from.x) * scale, to.y + (y - from.y) * scale] as const;
            expect(distanceTo(drawn, expected)).toBeLessThan(0.25);
          }
        },
      ),
    );
  });

  test("a completion: given points in ink, the rest and the line that leads to it in the model's colour", () => {
    const [ink, model] = all(read(sketchToSvg(owl, { colouring: { givenPoints: 2 } })), 'path');
    expect(ink?.attributes['stroke']).toBe(LIGHT.ink);
    expect(model?.attributes['stroke']).toBe(LIGHT.model);
    const [first] = polylines(ink?.attributes['d'] ?? '');
    const [second] = polylines(model?.attributes['d'] ?? '');
    expect(first).toHaveLength(2);
    expect(second).toHaveLength(2);
    expect(second?.[0]).toEqual(first?.[1]);
  });

  test.for([
    [0, [LIGHT.model]],
    [3, [LIGHT.ink, LIGHT.model]],
    [6, [LIGHT.ink]],
    [99, [LIGHT.ink]],
  ] as const)('of six points %d given: %j', ([givenPoints, colours]) => {
    const strokes = all(read(sketchToSvg(owl, { colouring: { givenPoints } })), 'path');
    expect([...new Set(strokes.map((path) => path.attributes['stroke']))]).toEqual(colours);
  });

  test('by order each stroke has a colour of its own, from the first of the ramp to the last', () => {
    const strokes = all(read(sketchToSvg(owl, { colouring: 'order' })), 'path').map(
      (path) => path.attributes['stroke'],
    );
    expect(new Set(strokes).size).toBe(3);
    expect([strokes[0], strokes[2]]).toEqual([LIGHT.order[0], LIGHT.order.at(-1)]);
  });

  test('a dot is wider than a line', () => {
    const widths = all(read(sketchToSvg(owl)), 'path').map((path) => Number(path.attributes['stroke-width']));
    expect(widths[1]).toBeGreaterThan(widths[0] as number);
    expect(widths[2]).toBe(widths[0]);
  });

  test('the theme is a parameter, the paper may be left out', () => {
    const svg = read(sketchToSvg(owl, { theme: { ...DARK, paper: 'none', ink: 'var(--ink)' } }));
    expect(all(svg, 'rect')[0]?.attributes['fill']).toBe('none');
    expect(all(svg, 'path')[0]?.attributes['stroke']).toBe('var(--ink)');
  });

  test('a title stays text', () => {
    fc.assert(
      fc.property(hostile, (title) => {
        const svg = read(sketchToSvg(owl, { title }));
        expect(svg.children.map((child) => child.name)).toEqual(['title', 'rect', 'g']);
      }),
    );
  });

  test('a sketch without points is empty paper', () => {
    expect(vertices(read(sketchToSvg([])))).toEqual([]);
    expect(vertices(read(sketchToSvg([[]])))).toEqual([]);
  });

  test('the same drawing gives the same bytes', () => {
    expect(sketchToSvg(owl)).toBe(sketchToSvg(structuredClone(owl)));
  });

  test.for([{ size: 0 }, { size: NaN }, { strokeWidth: -1 }, { margin: 0.5 }, { margin: NaN }, { strokeWidth: 300 }])(
    'refuses %j',
    (options) => expect(() => sketchToSvg(owl, options)).toThrow(/expected/),
  );

  test('refuses what is no number of points', () => {
    expect(() => sketchToSvg(owl, { colouring: { givenPoints: NaN } })).toThrow(/givenPoints: expected/);
  });
});

/** Middle and longer side of the box around points. */
function frame(points: readonly Point[]): { readonly x: number; readonly y: number; readonly side: number } {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  return { x: (left + right) / 2, y: (top + bottom) / 2, side: Math.max(right - left, bottom - top) };
}
