import { toStroke3, type Stroke3 } from '@sketch-rnn/data';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hostile, sketch } from '../test/arbitrary.ts';
import { all, polylines, read } from '../test/read.ts';
import { heat } from './heat.ts';
import { LIGHT } from './theme.ts';

/** Two strokes: rows 0 and 1 draw, row 2 moves the lifted pen, row 3 draws. */
const stroke3: Stroke3 = toStroke3([[[0, 0], [10, 0], [10, 10]], [[0, 10], [0, 5]]]); // prettier-ignore

/** The marks of a picture: colour, width, number of points. */
function marks(svg: string) {
  return all(read(svg), 'path').flatMap(({ attributes: a }) =>
    polylines(a['d'] as string).map((points) => ({
      colour: a['stroke'] as string,
      width: Number(a['stroke-width']),
      line: points.length > 1 && String(points[0]) !== String(points[1]),
    })),
  );
}

describe('heat', () => {
  test('each row has one mark: a line where the pen was down, a wider dot where it came down', () => {
    const drawn = marks(heat([{ stroke3, surprise: [0, 1, 2, 3] }]));
    expect(drawn.map((mark) => mark.line)).toEqual([true, true, false, true]);
    expect(drawn[2]?.width).toBeGreaterThan(drawn[1]?.width as number);
  });

  test('as many marks as rows, of any drawing', () => {
    fc.assert(
      fc.property(sketch, (strokes) => {
        const rows = toStroke3(strokes);
        fc.pre(rows.length > 0);
        const surprise = Float32Array.from({ length: rows.length / 3 }, (_, i) => Math.sin(i));
        expect(marks(heat([{ stroke3: rows, surprise }]))).toHaveLength(rows.length / 3);
      }),
    );
  });

  test('the more surprising, the hotter, and the hottest drawn last', () => {
    const drawn = marks(heat([{ stroke3, surprise: [9, -2, 3.4, 6] }])).map((mark) => LIGHT.heat.indexOf(mark.colour));
    expect(drawn).toEqual(drawn.toSorted((a, b) => a - b));
    expect(new Set(drawn).size).toBe(4);
    expect([drawn[0], drawn[3]]).toEqual([0, LIGHT.heat.length - 1]);
  });

  test('one range for all drawings: what is mild in one may be the worst of another', () => {
    const mild = { stroke3, surprise: [0, 0.1, 0.2, 0.3] };
    const [pale] = marks(heat([mild, { stroke3, surprise: [0, 0, 0, 10] }]));
    expect(pale?.colour).toBe(LIGHT.heat[0]);
    const hot = marks(heat([mild])).at(-1);
    expect(hot?.colour).toBe(LIGHT.heat.at(-1));
    expect(new Set(marks(heat([mild], { range: [-5, -1] })).map((mark) => mark.colour))).toEqual(
      new Set([LIGHT.heat.at(-1)]),
    );
  });

  test('rows all alike, and a drawing without rows, are shown', () => {
    expect(marks(heat([{ stroke3, surprise: [2, 2, 2, 2] }]))).toHaveLength(4);
    expect(marks(heat([{ stroke3: new Float32Array(0), surprise: [] }], { range: [0, 1] }))).toEqual([]);
  });

  test('the legend says what the colours stand for', () => {
    const words = all(read(heat([{ stroke3, surprise: [-3.2, 19, 0, 0] }])), 'text').map((text) => text.text);
    expect(words).toEqual(['surprise, nats', '0', '5', '10', '15']);
  });

  test('captions stay captions', () => {
    fc.assert(fc.property(hostile, (caption) => void read(heat([{ stroke3, surprise: [1, 2, 3, 4], caption }]))));
  });

  test.for([
    [
      [{ stroke3, surprise: [1, 2, 3, 4, 5] }],
      {},
      /cell 0: expected one number a row, 4, got 5 - leave the end row out/,
    ],
    [[{ stroke3, surprise: [1, NaN, 3, 4] }], {}, /cell 0, row 1: expected finite nats, got NaN/],
    [[{ stroke3, surprise: [1, 2, 3, 4] }], { range: [2, 1] }, /range: expected/],
    [[{ stroke3: new Float32Array(0), surprise: [] }], {}, /range: expected/],
    [[], { range: [0, 1] }, /cells: expected/],
  ] as const)('%# is refused', ([cells, options, message]) => {
    expect(() => heat(cells, options)).toThrow(message);
  });
});
