import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DataError } from './error.ts';
import { fromStroke3, toStroke3 } from './stroke3.ts';
import { fromStroke5, toStroke5 } from './stroke5.ts';

const coordinate = fc.integer({ min: -1000, max: 1000 });
const row = fc.tuple(coordinate, coordinate, fc.constantFrom(0, 1));
const stroke3s = fc.array(row, { maxLength: 12 }).map((rows) => Float32Array.from(rows.flat()));

/** A point's row by the words of the paper: p1 the pen stays down, p2 it lifts, p3 the drawing has ended. */
function pointRow([dx, dy, lift]: readonly [number, number, number]): number[] {
  return lift === 1 ? [dx, dy, 0, 1, 0] : [dx, dy, 1, 0, 0];
}

describe('rows for the model', () => {
  test('are the points, then end rows to the length asked for', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 12 }), fc.nat(5), (rows, ends) => {
        const expected = [...rows.map(pointRow), ...Array.from({ length: ends }, () => [0, 0, 0, 0, 1])];
        expect([...toStroke5(Float32Array.from(rows.flat()), rows.length + ends)]).toEqual(expected.flat());
      }),
    );
  });

  test('are closed by one end row by default', () => {
    expect([...toStroke5(Float32Array.of(1, 2, 0, 3, 4, 1))]).toEqual([1, 2, 1, 0, 0, 3, 4, 0, 1, 0, 0, 0, 0, 0, 1]);
    expect([...toStroke5(new Float32Array(0))]).toEqual([0, 0, 0, 0, 1]);
  });

  test('come back as they were, with any number of end rows and with none', () => {
    fc.assert(
      fc.property(stroke3s, fc.nat(5), (stroke3, ends) => {
        expect(fromStroke5(toStroke5(stroke3, stroke3.length / 3 + ends))).toEqual(stroke3);
      }),
    );
  });

  test('end with the first end row, whatever follows it', () => {
    fc.assert(
      fc.property(stroke3s, stroke3s, (stroke3, after) => {
        const rows = Float32Array.of(...toStroke5(stroke3), ...toStroke5(after));
        expect(fromStroke5(rows)).toEqual(stroke3);
      }),
    );
  });

  test('hold the strokes of a sketch, dots included', () => {
    const sketch = [[[0, 0]], [[3, 1], [4, 1]], [[9, 9]], [[9, 9], [9, 9]]] as const; // prettier-ignore
    expect(fromStroke3(fromStroke5(toStroke5(toStroke3(sketch))))).toEqual(sketch);
  });

  test('of three numbers are refused', () => {
    expect(() => fromStroke5(new Float32Array(6))).toThrow(DataError);
    expect(() => fromStroke5(new Float32Array(6))).toThrow(
      'stroke-5: expected rows of 5 numbers, got 6 numbers - is this stroke-3?',
    );
  });
});
