import { keyOf, type Sketch, stream } from '@sketch-rnn/data';
import { expect, test } from 'vitest';
import { distort } from './distort.ts';

const triangle: Sketch = [
  [
    [0, 0],
    [200, 0],
    [100, 150],
    [0, 0],
  ],
];
const house: Sketch = [...triangle, [[0, 20], [0, 100], [200, 100]], [[90, 60]]]; // prettier-ignore

/** Twice the area of the first stroke's first three points; its sign says which way round they go. */
function turning([stroke]: Sketch): number {
  const [[ax, ay], [bx, by], [cx, cy]] = stroke as unknown as [[number, number], [number, number], [number, number]];
  return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
}

test('the middle of chance leaves a drawing as it is', () => {
  const same = distort(house, () => 0.5);
  for (const [s, stroke] of house.entries()) {
    for (const [p, [x, y]] of stroke.entries()) {
      expect(same[s]?.[p]?.[0]).toBeCloseTo(x, 9);
      expect(same[s]?.[p]?.[1]).toBeCloseTo(y, 9);
    }
  }
});

test('the same chance distorts in the same way, other chance in another', () => {
  expect(distort(house, stream(keyOf(1)))).toEqual(distort(house, stream(keyOf(1))));
  expect(distort(house, stream(keyOf(2)))).not.toEqual(distort(house, stream(keyOf(1))));
});

test('strokes are left out whole and now and then, never all of them', () => {
  const counts = Array.from({ length: 500 }, (_, seed) => distort(house, stream(keyOf(seed))).length);
  const left = counts.reduce((sum, count) => sum + count, 0) / (500 * house.length);
  expect(left).toBeGreaterThan(0.89);
  expect(left).toBeLessThan(0.95);
  expect(Math.min(...counts)).toBeGreaterThan(0);
  expect(distort(house, () => 0)).toHaveLength(house.length);
  for (const stroke of distort(house, stream(keyOf(3)))) expect([4, 3, 1]).toContain(stroke.length);
});

test('half of the drawings are mirrored, and none is turned, stretched or bent out of recognition', () => {
  const turnings = Array.from({ length: 1000 }, (_, seed) => turning(distort(triangle, stream(keyOf(seed)))));
  const mirrored = turnings.filter((each) => each < 0).length / 1000;
  expect(mirrored).toBeGreaterThan(0.45);
  expect(mirrored).toBeLessThan(0.55);
  for (const each of turnings) {
    // e^0.4 is the most that both stretches make of an area; bending and jitter add to that.
    expect(Math.abs(each) / turning(triangle)).toBeGreaterThan(0.5);
    expect(Math.abs(each) / turning(triangle)).toBeLessThan(2);
  }
});

test('a dot stays a dot, and nothing stays nothing', () => {
  expect(distort([[[5, 5]]], stream(keyOf(1)))[0]).toHaveLength(1);
  for (const value of distort([[[5, 5]]], stream(keyOf(1))).flat(2)) expect(value).toBeTypeOf('number');
  expect(distort([], stream(keyOf(1)))).toEqual([]);
});
