import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Point, Sketch, Stroke } from './sketch.ts';
import { parseSvg } from './svg.ts';
import { FLATTENING } from './svg-path.ts';

function strokesOf(body: string): Sketch {
  return parseSvg(`<svg>${body}</svg>`, 'a.svg');
}

describe('round shapes', () => {
  test('are on the circle, all the way round and back, from the right, clockwise', () => {
    const [stroke = []] = strokesOf('<circle cx="10" cy="20" r="5"/>');
    for (const [x, y] of stroke) expect(Math.abs(Math.hypot(x - 10, y - 20) - 5)).toBeLessThan(5 * 0.0003);
    expect([stroke[0], stroke.at(-1)]).toEqual([
      [15, 20],
      [15, 20],
    ]);
    const turns = stroke.slice(1).map(([x, y], i) => {
      const [fromX, fromY] = stroke[i] as Point;
      return Math.atan2(
        (fromX - 10) * (y - 20) - (fromY - 20) * (x - 10),
        (fromX - 10) * (x - 10) + (fromY - 20) * (y - 20),
      );
    });
    expect(Math.min(...turns)).toBeGreaterThanOrEqual(0);
    expect(turns.reduce((sum, turn) => sum + turn, 0)).toBeCloseTo(2 * Math.PI, 9);
  });

  test('and arcs are on their ellipse', () => {
    const away = ([x, y]: Point): number => Math.abs(Math.hypot((x - 10) / 8, (y - 20) / 3) - 1);
    const [whole = []] = strokesOf('<ellipse cx="10" cy="20" rx="8" ry="3"/>');
    const [arc = []] = strokesOf('<path d="M18 20A8 3 0 1 0 10 23"/>');
    for (const point of [...whole, ...arc]) expect(away(point)).toBeLessThan(0.0004);
    // The long way round: over the left end.
    expect(Math.min(...arc.map(([x]) => x))).toBeCloseTo(2, 1);
  });
});

describe('curves', () => {
  const number = fc.double({ min: -500, max: 500, noNaN: true });
  const point = fc.tuple(number, number);

  function distance([x, y]: Point, stroke: Stroke): number {
    return Math.min(
      ...stroke.slice(1).map(([toX, toY], i) => {
        const [fromX, fromY] = stroke[i] as Point;
        const [dx, dy] = [toX - fromX, toY - fromY];
        const along = dx * dx + dy * dy > 0 ? ((x - fromX) * dx + (y - fromY) * dy) / (dx * dx + dy * dy) : 0;
        const t = Math.min(1, Math.max(0, along));
        return Math.hypot(fromX + t * dx - x, fromY + t * dy - y);
      }),
    );
  }

  function extent(numbers: readonly number[]): number {
    return Math.max(...numbers) - Math.min(...numbers);
  }

  /** Bernstein's form: the source uses de Casteljau's. */
  function curve([p0, p1, p2, p3]: readonly [Point, Point, Point, Point], t: number): Point {
    const s = 1 - t;
    const weights = [s ** 3, 3 * s * s * t, 3 * s * t * t, t ** 3];
    return [0, 1].map((axis) =>
      [p0, p1, p2, p3].reduce((sum, p, i) => sum + (weights[i] as number) * (p[axis] as number), 0),
    ) as [number, number];
  }

  test('are followed within the stated tolerance', () => {
    fc.assert(
      fc.property(fc.tuple(point, point, point, point), (control) => {
        const [start, ...rest] = control.map((place) => place.join(' '));
        const [stroke = []] = strokesOf(`<path d="M${start} C${rest.join(' ')}"/>`);
        const side = Math.max(...[0, 1].map((axis) => extent(control.map((place) => place[axis] as number))));
        for (let i = 0; i <= 200; i++) {
          expect(distance(curve(control, i / 200), stroke)).toBeLessThanOrEqual(FLATTENING * side + 1e-9);
        }
      }),
      { numRuns: 50 },
    );
  });

  test('of second degree are the third degree curve they equal', () => {
    const [quadratic = []] = strokesOf('<path d="M0 0Q30 60 90 0"/>');
    const cubic = [
      [0, 0],
      [20, 40],
      [50, 40],
      [90, 0],
    ] as const;
    for (const [i, [x, y]] of quadratic.entries()) {
      const [expectedX, expectedY] = curve(cubic, i / (quadratic.length - 1));
      expect(Math.hypot(x - expectedX, y - expectedY)).toBeLessThan(1e-9);
    }
  });

  test('in short form go on as they came', () => {
    expect(strokesOf('<path d="M0 0C0 5 5 10 10 10S20 5 20 0"/>')).toEqual(
      strokesOf('<path d="M0 0C0 5 5 10 10 10C15 10 20 5 20 0"/>'),
    );
    expect(strokesOf('<path d="M0 0Q5 10 10 0T20 0"/>')).toEqual(strokesOf('<path d="M0 0Q5 10 10 0Q15 -10 20 0"/>'));
  });

  test('have as many points however large the drawing is', () => {
    const [small = [], large = []] = [1e-3, 1e6].map(
      (scale) => strokesOf(`<g transform="scale(${scale})"><circle r="7"/></g>`)[0],
    );
    expect(small.length).toBe(large.length);
  });
});
