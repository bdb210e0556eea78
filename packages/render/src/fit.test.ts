import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sketch } from '../test/arbitrary.ts';
import { RenderError } from './error.ts';
import { bounds, placing, type Box } from './fit.ts';

const size = fc.double({ min: 1, max: 500, noNaN: true });
const box = fc.record<Box>({
  x: fc.integer({ min: -50, max: 50 }),
  y: fc.integer({ min: -50, max: 50 }),
  width: size,
  height: size,
});

describe('placing', () => {
  test('fits the box, fills it one way, stands in its middle, keeps its aspect', () => {
    fc.assert(
      fc.property(sketch, box, (strokes, into) => {
        const content = bounds(strokes) as Box;
        fc.pre(Math.max(content.width, content.height) > 1e-3);
        const placed = bounds(strokes.map((stroke) => stroke.map(placing(content, into)))) as Box;
        const slack = 1e-6;
        expect(placed.width).toBeLessThanOrEqual(into.width + slack);
        expect(placed.height).toBeLessThanOrEqual(into.height + slack);
        expect(Math.min(into.width - placed.width, into.height - placed.height)).toBeCloseTo(0, 5);
        expect(placed.x + placed.width / 2).toBeCloseTo(into.x + into.width / 2, 5);
        expect(placed.y + placed.height / 2).toBeCloseTo(into.y + into.height / 2, 5);
        expect(placed.width * content.height).toBeCloseTo(placed.height * content.width, 1);
      }),
    );
  });

  test.for([
    [[[5, 5]]],
    [
      [
        [5, 5],
        [5, 5],
      ],
    ],
    [
      [
        [1e-320, 0],
        [0, 0],
      ],
    ],
  ])('a single place comes to the middle: %j', (strokes) => {
    // prettier-ignore
    const point = strokes[0]?.[0] as [number, number];
    const place = placing(bounds(strokes as [number, number][][]) as Box, { x: 0, y: 0, width: 100, height: 60 });
    expect(place(point)).toEqual([50, 30]);
  });
});

describe('bounds', () => {
  test('of no points are none', () => {
    expect(bounds([])).toBeUndefined();
    expect(bounds([[], []])).toBeUndefined();
  });

  test.for([NaN, Infinity, -Infinity])('a coordinate of %d is refused with its place', (bad) => {
    expect(() => bounds([[[0, 0]], [[1, 1], [2, bad]]])).toThrow(/^sketch: expected finite .* at stroke 1, point 1/); // prettier-ignore
    expect(() => bounds([[[bad, 0]]])).toThrow(RenderError);
  });

  test('coordinates whose distance is not finite are refused', () => {
    expect(() => bounds([[[-1e308, 0], [1e308, 0]]])).toThrow(RenderError); // prettier-ignore
  });
});
