import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasShared, shared } from '../../../test/shared.ts';
import { DataError } from './error.ts';
import { readDrawings } from './node/read.ts';
import { keyOf, stream } from './random.ts';
import type { Point, Sketch, Stroke } from './sketch.ts';
import { fromStroke3, toStroke3 } from './stroke3.ts';

const coordinate = fc.integer({ min: -1000, max: 1000 });
/** Few points, so that dots and strokes without points are common. */
const sketches: fc.Arbitrary<Sketch> = fc.array(fc.array(fc.tuple(coordinate, coordinate), { maxLength: 4 }), {
  maxLength: 6,
});

/** What a sketch is up to translation and strokes without points. */
function fromOrigin(sketch: Sketch): Sketch {
  const strokes = sketch.filter((stroke) => stroke.length > 0);
  const [left, top] = strokes[0]?.[0] ?? [0, 0];
  return strokes.map((stroke) => stroke.map(([x, y]): Point => [x - left, y - top]));
}

/** Two points on one spot: as a first stroke they are written as a dot is. */
function coincide(stroke: Stroke | undefined): boolean {
  return stroke?.length === 2 && stroke[0]?.[0] === stroke[1]?.[0] && stroke[0]?.[1] === stroke[1]?.[1];
}

describe('strokes', () => {
  test('come back exactly, moved to the origin, strokes without points passed over', () => {
    const told = sketches.filter((sketch) => !coincide(fromOrigin(sketch)[0]));
    fc.assert(
      fc.property(told, (sketch) => {
        expect(fromStroke3(toStroke3(sketch))).toEqual(fromOrigin(sketch));
      }),
    );
  });

  // prettier-ignore
  const dots: [where: string, sketch: Sketch, rows: number[]][] = [
    ['alone', [[[5, 6]]], [0, 0, 1]],
    ['first', [[[5, 6]], [[7, 9], [8, 9]]], [0, 0, 1,  2, 3, 0,  1, 0, 1]],
    ['first, on one spot with the next', [[[5, 6]], [[5, 6], [8, 9]]], [0, 0, 1,  0, 0, 0,  3, 3, 1]],
    ['in the middle', [[[5, 6], [6, 6]], [[7, 9]], [[7, 8], [5, 5]]], [1, 0, 1,  1, 3, 1,  0, -1, 0,  -2, -3, 1]],
    ['last', [[[5, 6], [6, 6]], [[7, 9]]], [1, 0, 1,  1, 3, 1]],
    ['everywhere', [[[5, 6]], [[7, 9]], [[7, 9]], [[0, 0]]], [0, 0, 1,  2, 3, 1,  0, 0, 1,  -7, -9, 1]],
  ];

  test.for(dots)('of one point keep their place: %s', ([, sketch, rows]) => {
    expect([...toStroke3(sketch)]).toEqual(rows);
    expect(fromStroke3(Float32Array.from(rows))).toEqual(fromOrigin(sketch));
  });

  test('of two points on one spot are a dot where they come first, and only there', () => {
    const twice: Stroke = [[0, 0], [0, 0]]; // prettier-ignore
    expect(fromStroke3(toStroke3([twice]))).toEqual([[[0, 0]]]);
    expect(fromStroke3(toStroke3([twice, twice]))).toEqual([[[0, 0]], twice]);
    const longer = [...twice, [1, 0]] as const;
    expect(fromStroke3(toStroke3([longer]))).toEqual([longer]);
  });

  test('without any point are no rows', () => {
    expect(toStroke3([])).toEqual(new Float32Array(0));
    expect(toStroke3([[], []])).toEqual(new Float32Array(0));
    expect(fromStroke3(new Float32Array(0))).toEqual([]);
  });

  test('do not drift: each of 10,000 points is off by the rounding of its own offset alone', () => {
    const next = stream(keyOf(1));
    // Far from the origin of the paper, as a page of SVG may be; many strokes, coordinates of all digits.
    const points = Array.from({ length: 10_000 }, (): Point => [1e6 + 255 * next(), -1e6 + 255 * next()]);
    const sketch = Array.from({ length: 100 }, (_, i) => points.slice(100 * i, 100 * i + 100));
    const exact = fromOrigin(sketch).flat();
    const back = fromStroke3(toStroke3(sketch)).flat();
    expect(back).toHaveLength(points.length);
    for (const axis of [0, 1] as const) {
      // Half a unit in the last place of a float32 offset; 1e-9 for the float64 coordinates themselves, of size 1e6.
      const beyond = exact.map((point, i) => {
        const offset = point[axis] - (exact[i - 1]?.[axis] ?? 0);
        return Math.abs((back[i]?.[axis] as number) - point[axis]) - (2 ** -24 * Math.abs(offset) + 1e-9);
      });
      expect(Math.max(...beyond)).toBeLessThanOrEqual(0);
    }
  });
});

describe('rows', () => {
  const lift = fc.constantFrom(0, 1);
  const rowsIn = (unit: number): fc.Arbitrary<Float32Array> =>
    fc
      .array(fc.tuple(coordinate, coordinate, lift), { maxLength: 12 })
      .map((rows) => Float32Array.from(rows.flatMap(([dx, dy, lifted]) => [dx * unit, dy * unit, lifted])));

  test.for([1, 1 / 64])('come back exactly in units of %s, an open last stroke ended', (unit) => {
    fc.assert(
      fc.property(rowsIn(unit), (stroke3) => {
        const closed = stroke3.map((value, i) => (i === stroke3.length - 1 ? 1 : value));
        expect(toStroke3(fromStroke3(stroke3))).toEqual(closed);
      }),
    );
  });

  test.skipIf(!hasShared).for(['face', 'kanji.rdp100'])('of the real %s come back exactly', async (name) => {
    let drawings = 0;
    for await (const { stroke3 } of readDrawings(shared('data/npz', `${name}.npz`))) {
      if (drawings++ === 500) break;
      expect(toStroke3(fromStroke3(stroke3))).toEqual(stroke3);
    }
  });

  test('of five numbers are refused', () => {
    expect(() => fromStroke3(new Float32Array(5))).toThrow(DataError);
    expect(() => fromStroke3(new Float32Array(5))).toThrow(
      'stroke-3: expected rows of 3 numbers, got 5 numbers - is this stroke-5?',
    );
  });
});
