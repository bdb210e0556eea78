import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold, keyOf } from '../random.ts';
import type { Point, Stroke } from '../sketch.ts';
import { chance } from './chance.ts';
import { arc, curve, handOf, lift, lines, loop, type Hand } from './hand.ts';

const seeds = fc.integer({ min: 0, max: 2 ** 32 });
const places = fc.tuple(fc.double({ min: -3, max: 3, noNaN: true }), fc.double({ min: -3, max: 3, noNaN: true }));
const ways = fc.array(places, { minLength: 2, maxLength: 8 });

/** A hand that does not tremble: what is left is where it means to go. */
const steady = (seed: number): Hand => ({ chance: chance(keyOf(seed)), tremor: 0, slip: 0 });

const gap = ([x, y]: Point, stroke: Stroke): number => Math.min(...stroke.map(([u, v]) => Math.hypot(u - x, v - y)));
const ends = (stroke: Stroke): [Point, Point] => [stroke[0] as Point, stroke.at(-1) as Point];

describe('a steady hand', () => {
  test.for([
    ['lines', lines],
    ['a curve', curve],
  ] as const)('draws %s through the points given', ([, draw]) => {
    fc.assert(
      fc.property(seeds, ways, (seed, through) => {
        const stroke = draw(steady(seed), through);
        for (const point of through) expect(gap(point, stroke)).toBeLessThan(1e-9);
      }),
    );
  });

  test('draws an arc from angle to angle, its radii off by a hand’s breadth at most', () => {
    fc.assert(
      fc.property(seeds, places, (seed, center) => {
        const stroke = arc(steady(seed), { center, radii: [1, 1] }, [0, Math.PI]);
        for (const [x, y] of stroke) {
          // Two lumps of at most three standard deviations of 0.03 each.
          expect(Math.abs(Math.hypot(x - center[0], y - center[1]) - 1)).toBeLessThan(0.18);
        }
        const [from, to] = ends(stroke);
        expect(from[0]).toBeGreaterThan(center[0]);
        expect(to[0]).toBeLessThan(center[0]);
      }),
    );
  });
});

describe('any hand', () => {
  test('strays no further than one and a half tremors on each axis', () => {
    fc.assert(
      fc.property(seeds, ways, (seed, through) => {
        const hand = handOf(keyOf(seed));
        for (const [point, at] of [
          [through[0], 0],
          [through.at(-1), -1],
        ] as const) {
          const drawn = lines({ ...hand, chance: chance(fold(keyOf(seed), 9)) }, through).at(at) as Point;
          expect(Math.abs(drawn[0] - (point as Point)[0])).toBeLessThan(1.5 * hand.tremor + 1e-9);
          expect(Math.abs(drawn[1] - (point as Point)[1])).toBeLessThan(1.5 * hand.tremor + 1e-9);
        }
      }),
    );
  });

  test('closes a shape nearly, never quite', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const [from, to] = ends(loop(handOf(keyOf(seed)), { center: [0, 0], radii: [1, 1] }));
        const miss = Math.hypot(to[0] - from[0], to[1] - from[1]);
        expect(miss).toBeGreaterThan(0);
        expect(miss).toBeLessThan(1);
      }),
    );
  });

  test('loses nothing of a stroke by lifting the pen', () => {
    fc.assert(
      fc.property(seeds, ways, (seed, through) => {
        const hand = steady(seed);
        const stroke = lines(hand, through);
        const [whole] = lift(hand, stroke, 0);
        const [first = [], second = []] = lift(hand, stroke, 1);
        expect(whole).toBe(stroke);
        expect([...first, ...second]).toHaveLength(stroke.length);
        expect(first).toEqual(stroke.slice(0, first.length));
      }),
    );
  });
});

describe('chance', () => {
  test('stays within its bounds', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { between, spread } = chance(keyOf(seed));
        const number = between(2, 3);
        expect(number >= 2 && number < 3).toBe(true);
        expect(Math.abs(spread(0.5))).toBeLessThanOrEqual(1.5);
      }),
    );
  });

  test('picks in proportion to the weights, and never what weighs nothing', () => {
    const { pick } = chance(keyOf(1));
    const counts = { often: 0, seldom: 0, never: 0 };
    for (let i = 0; i < 10_000; i++) counts[pick({ often: 3, never: 0, seldom: 1 })]++;
    expect(counts.never).toBe(0);
    // Four standard deviations of a binomial of 10,000 draws.
    expect(Math.abs(counts.often - 7500)).toBeLessThan(4 * Math.sqrt(10_000 * 0.75 * 0.25));
  });

  test('spreads with the standard deviation asked for', () => {
    const { spread } = chance(keyOf(2));
    const draws = Array.from({ length: 20_000 }, () => spread(0.5));
    const variance = draws.reduce((sum, draw) => sum + draw * draw, 0) / draws.length;
    expect(Math.sqrt(variance)).toBeCloseTo(0.5, 2);
  });
});
