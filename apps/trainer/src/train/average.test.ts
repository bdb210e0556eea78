import { expect, test } from 'vitest';
import { averaged, isLookedAt, type WeightAverage } from './average.ts';

/** The average after looking at these values of a single weight. */
function after(values: readonly number[], averagedSteps: number): number {
  let average: WeightAverage | undefined;
  for (const value of values) average = averaged(average, { weight: Float32Array.of(value) }, averagedSteps);
  return average?.parameters['weight']?.[0] ?? NaN;
}

const values = Array.from({ length: 400 }, (_, i) => Math.sin(i) + i / 100);

test('as long as the looks span fewer steps than asked for, it is their mean', () => {
  const looked = values.slice(0, 50);
  expect(after(looked, 1000)).toBeCloseTo(looked.reduce((sum, value) => sum + value, 0) / 50, 5);
});

test('afterwards a look counts e times less than one that many steps later', () => {
  // A weight that jumps from 0 to 1: what is left of the zeros after n looks of a hundredth is 0.99 to the n.
  const jump = [...Array.from({ length: 500 }, () => 0), ...Array.from({ length: 100 }, () => 1)];
  expect(1 - after(jump, 1000)).toBeCloseTo(0.99 ** 100, 4);
  expect(1 - after(jump, 1000)).toBeCloseTo(1 / Math.E, 2);
});

test('over no more steps than lie between two looks it is the last weights', () => {
  expect(after(values, 10)).toBe(Math.fround(values.at(-1) as number));
  expect(after(values, 1)).toBe(Math.fround(values.at(-1) as number));
});

test('what it was given is not changed', () => {
  const first = averaged(undefined, { weight: Float32Array.of(1) }, 1000);
  averaged(first, { weight: Float32Array.of(3) }, 1000);
  expect(first.parameters['weight']).toEqual(Float32Array.of(1));
});

test('every tenth step is looked at', () => {
  expect(Array.from({ length: 31 }, (_, step) => step).filter(isLookedAt)).toEqual([0, 10, 20, 30]);
});
