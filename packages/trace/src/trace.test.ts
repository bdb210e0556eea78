import { describe, expect, test } from 'vitest';
import { type Point, type Sketch, type Stroke, keyOf, simplifyLikeQuickDraw, uniforms } from '@sketch-rnn/data';
import { circle, distanceTo, greys, inverted, paint, segmentsOf } from './fixtures/paint.ts';
import { trace } from './trace.ts';

const SIZE = { width: 240, height: 200 };

/** How far the end of a stroke lies from the nearer of its true ends. */
function endsOff(stroke: Stroke, [a, b]: readonly [Point, Point]): number {
  const off = (p: Point, q: Point): number => Math.hypot(p[0] - q[0], p[1] - q[1]);
  const [first, last] = [stroke[0] as Point, stroke.at(-1) as Point];
  return Math.min(Math.max(off(first, a), off(last, b)), Math.max(off(first, b), off(last, a)));
}

/** The greatest distance of the points of a sketch from what was painted. */
function farthest(traced: Sketch, painted: Sketch): number {
  const segments = painted.flatMap(segmentsOf);
  return Math.max(...traced.flat().map((point) => Math.min(...segments.map(([a, b]) => distanceTo(point, a, b)))));
}

const HOUSE: Sketch = [
  [[40, 170], [40, 90], [120, 30], [200, 90], [200, 170], [40, 170]],
  [[100, 170], [100, 120], [140, 120], [140, 170]],
]; // prettier-ignore

describe('lines', () => {
  test.for([3, 5])(
    'a straight line is one stroke of two points, within a pixel and a half of its ends: pen of %d px',
    (pen) => {
      for (let degrees = 0; degrees < 180; degrees += 15) {
        const angle = (degrees / 180) * Math.PI;
        const reach: Point = [70 * Math.cos(angle), 70 * Math.sin(angle)];
        const ends: [Point, Point] = [
          [120 - reach[0], 100 - reach[1]],
          [120 + reach[0], 100 + reach[1]],
        ];
        const traced = trace(paint({ ...SIZE, strokes: [ends], pen }));
        expect(
          traced.map((stroke) => stroke.length),
          `${degrees} degrees`,
        ).toEqual([2]);
        expect(endsOff(traced[0] as Stroke, ends), `${degrees} degrees`).toBeLessThan(1.5);
      }
    },
  );

  test('a circle is one closed stroke, as far from its middle everywhere as it was', () => {
    const painted = [circle([120, 100], 70)];
    const traced = trace(paint({ ...SIZE, strokes: painted }));
    expect(traced).toHaveLength(1);
    expect(traced[0]?.at(-1)).toEqual(traced[0]?.[0]);
    expect(farthest(traced, painted)).toBeLessThan(1.5);
  });

  test('a corner stays in its stroke, however sharp', () => {
    for (const degrees of [30, 60, 90, 120, 150]) {
      const half = (degrees / 2 / 180) * Math.PI;
      const tip: Point = [120, 30];
      const arm = (side: 1 | -1): Point => [tip[0] + side * 130 * Math.sin(half), tip[1] + 130 * Math.cos(half)];
      const traced = trace(paint({ ...SIZE, strokes: [[arm(-1), tip, arm(1)]], pen: 8 }));
      expect(traced, `${degrees} degrees`).toHaveLength(1);
      expect(
        Math.min(...traced.flat().map(([x, y]) => Math.hypot(x - tip[0], y - tip[1]))),
        `${degrees} degrees`,
      ).toBeLessThan(3);
    }
  });

  test('a touch of the pen is a dot', () => {
    const traced = trace(paint({ ...SIZE, strokes: [[[50, 60]], [[30, 150], [200, 150]]], pen: 7 })); // prettier-ignore
    expect(traced.map((stroke) => stroke.length)).toEqual([2, 1]);
    expect(Math.hypot((traced[1]?.[0]?.[0] as number) - 50, (traced[1]?.[0]?.[1] as number) - 60)).toBeLessThan(1);
  });

  test('a filled area becomes the line around it', () => {
    const disc = greys(240, 200, (x, y) => (Math.hypot(x - 120, y - 100) < 50 ? 20 : 235));
    const traced = trace(disc);
    expect(traced).toHaveLength(1);
    expect(traced[0]?.at(-1)).toEqual(traced[0]?.[0]);
    for (const [x, y] of traced[0] as Stroke) expect(Math.hypot(x - 120, y - 100)).toBeGreaterThan(35);
  });
});

describe('crossings', () => {
  test('a cross of thin lines is two strokes through the crossing', () => {
    for (let degrees = 25; degrees <= 155; degrees += 10) {
      const [c, s] = [Math.cos((degrees / 180) * Math.PI), Math.sin((degrees / 180) * Math.PI)];
      const strokes: [Point, Point][] = [
        [[40, 100], [200, 100]],
        [[120 - 80 * c, 100 - 80 * s], [120 + 80 * c, 100 + 80 * s]],
      ]; // prettier-ignore
      const traced = trace(paint({ ...SIZE, strokes, pen: 3 }));
      expect(traced, `${degrees} degrees`).toHaveLength(2);
      const off = (order: number[]): number =>
        Math.max(...strokes.map((ends, i) => endsOff(traced[order[i] as number] as Stroke, ends)));
      expect(Math.min(off([0, 1]), off([1, 0])), `${degrees} degrees`).toBeLessThan(3);
    }
  });

  test('a line that ends on another leaves that whole', () => {
    const traced = trace(paint({ ...SIZE, strokes: [[[40, 60], [200, 60]], [[120, 60], [120, 160]]] })); // prettier-ignore
    expect(traced.map((stroke) => stroke.length)).toEqual([2, 2]);
    expect(endsOff(traced[0] as Stroke, [[40, 60], [200, 60]])).toBeLessThan(1.5); // prettier-ignore
    expect(endsOff(traced[1] as Stroke, [[120, 60], [120, 160]])).toBeLessThan(2.5); // prettier-ignore
  });

  test('a line through a circle leaves both', () => {
    const strokes = [circle([120, 100], 60), [[30, 100], [210, 105]] satisfies Point[]]; // prettier-ignore
    const traced = trace(paint({ ...SIZE, strokes }));
    expect(traced).toHaveLength(2);
    expect(farthest(traced, strokes)).toBeLessThan(2);
    expect(traced.filter((stroke) => String(stroke[0]) === String(stroke.at(-1)))).toHaveLength(1);
  });
});

describe('pictures', () => {
  const picture = paint({ ...SIZE, strokes: HOUSE });

  test('light on dark is as dark on light', () => {
    expect(trace(inverted(picture))).toEqual(trace(picture));
  });

  test('ink on nothing is as ink on paper, dark or light', () => {
    for (const ink of [20, 235]) {
      const data = picture.data.slice();
      for (let i = 0; i < data.length; i += 4) {
        data[i + 3] = Math.round(((235 - (data[i] as number)) / 215) * 255);
        data.fill(ink, i, i + 3);
      }
      const traced = trace({ ...SIZE, data });
      expect(traced).toHaveLength(2);
      expect(farthest(traced, HOUSE)).toBeLessThan(2);
    }
  });

  test('yellow on white is seen', () => {
    const data = picture.data.slice();
    for (let i = 0; i < data.length; i += 4) {
      const blue = data[i] as number;
      data.set([255, 255, blue], i);
    }
    expect(trace({ ...SIZE, data })).toHaveLength(2);
  });

  test('a shadow over half of the paper, and light that falls off, change a line by less than two pixels', () => {
    const data = Uint8Array.from(picture.data, (value, i) => {
      if (i % 4 === 3) return value;
      const x = Math.floor(i / 4) % SIZE.width;
      return value * (1 - (0.5 * x) / SIZE.width) * (1 - 0.4 / (1 + Math.exp((100 - x) / 8)));
    });
    const traced = trace({ ...SIZE, data });
    expect(traced).toHaveLength(2);
    expect(farthest(traced, HOUSE)).toBeLessThan(2);
  });

  test('noise changes neither the strokes nor, by more than two pixels, where they run', () => {
    const noise = uniforms(keyOf(7), picture.data.length);
    const data = Uint8ClampedArray.from(picture.data, (value, i) =>
      i % 4 === 3 ? 255 : value + 40 * ((noise[i] as number) - 0.5),
    );
    const traced = trace({ ...SIZE, data });
    expect(traced).toHaveLength(2);
    expect(farthest(traced, HOUSE)).toBeLessThan(2);
  });

  test('the rules of the paper are not of the drawing, and a closely cut drawing of bars keeps its bars', () => {
    const rules = [40, 80, 120, 160].map((y): Stroke => [[-5, y], [245, y]]); // prettier-ignore
    const drawing = circle([120, 100], 55);
    const traced = trace(paint({ ...SIZE, strokes: [...rules, drawing] }));
    expect(traced).toHaveLength(1);
    expect(farthest(traced, [drawing])).toBeLessThan(2);
    const frame: Stroke = [[3, 3], [236, 3], [236, 196], [3, 196], [3, 3]]; // prettier-ignore
    expect(trace(paint({ ...SIZE, strokes: [...rules, frame] }))).toHaveLength(5);
  });

  test('a larger picture of the same drawing gives the same strokes, larger', () => {
    const double = HOUSE.map((stroke) => stroke.map(([x, y]): Point => [4 * x, 4 * y]));
    const traced = trace(paint({ width: 960, height: 800, strokes: double, pen: 20 }));
    expect(traced).toHaveLength(2);
    expect(farthest(traced, double)).toBeLessThan(8);
  });

  test("in Quick, Draw!'s form it is what the drawing is in that form, within 5 units", () => {
    const [traced, drawn] = [simplifyLikeQuickDraw(trace(picture)), simplifyLikeQuickDraw(HOUSE)];
    expect(farthest(traced, drawn)).toBeLessThan(5);
    expect(farthest(drawn, traced)).toBeLessThan(5);
  });
});
