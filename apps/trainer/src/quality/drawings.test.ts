import { type DataSet, type Example, keyOf, uniforms } from '@sketch-rnn/data';
import { describe, expect, test } from 'vitest';
import { chooseDrawings } from './drawings.ts';

/** Drawings of one row each, told apart by it. */
function examples(label: number, from: number, count: number): Example[] {
  return Array.from({ length: count }, (_, i) => ({ stroke3: Float32Array.of(from + i, label, 1), label }));
}

const data: DataSet = {
  classes: ['bird', 'cat', 'owl'],
  train: [...examples(0, 0, 5), ...examples(2, 0, 7)],
  valid: examples(2, 100, 4),
  test: [...examples(0, 200, 3), ...examples(1, 200, 9), ...examples(2, 200, 9)],
  tooLong: 0,
  repeated: 0,
  longest: 1,
};
const owlAndBird = { classes: ['owl', 'bird'] };
const all = { split: 'test', limit: 100, seed: 1 } as const;

describe('the drawings a model is judged by', () => {
  test('are of its classes, by its labels; the others are counted', () => {
    const { judged, validation, training, unknown } = chooseDrawings(data, owlAndBird, all);
    expect(judged.map(({ label }) => label)).toEqual([1, 1, 1, ...Array.from({ length: 9 }, () => 0)]);
    expect(unknown).toBe(9);
    expect(validation.map(({ label }) => label)).toEqual([0, 0, 0, 0]);
    expect([...training].map(([label, members]) => [label, members.length])).toEqual([
      [1, 5],
      [0, 7],
    ]);
  });

  test('are at most so many of each class, always the same, and others for another seed', () => {
    const chosen = (limit: number, seed: number): number[] =>
      chooseDrawings(data, owlAndBird, { split: 'test', limit, seed }).judged.flatMap(({ stroke3, label }) =>
        label === 0 ? [stroke3[0] as number] : [],
      );
    expect(chosen(4, 1)).toHaveLength(4);
    expect(new Set(chosen(4, 1)).size).toBe(4);
    expect(chosen(4, 1)).toEqual(chosen(4, 1).toSorted((a, b) => a - b));
    expect(chosen(4, 1)).toEqual(chosen(4, 1));
    expect(new Set([1, 2, 3, 4, 5].map((seed) => chosen(4, seed).join())).size).toBeGreaterThan(1);
  });

  test('are blurred by half a unit at most, but for the pen, and kept as they are beside it', () => {
    for (const { stroke3, blurred } of chooseDrawings(data, owlAndBird, all).judged) {
      expect(blurred[2]).toBe(stroke3[2]);
      for (const i of [0, 1]) {
        const noise = (blurred[i] as number) - (stroke3[i] as number);
        expect(noise).not.toBe(0);
        expect(Math.abs(noise)).toBeLessThanOrEqual(0.5);
      }
      expect(Number.isInteger(stroke3[0])).toBe(true);
    }
  });

  test('are all where there is one class of them and the model knows one', () => {
    const one: DataSet = { ...data, classes: ['mine'], train: examples(0, 0, 2), valid: [], test: examples(0, 9, 3) };
    expect(chooseDrawings(one, { classes: ['owl'] }, all).judged.map(({ label }) => label)).toEqual([0, 0, 0]);
    // Where there are several, only those of its name.
    expect(chooseDrawings(data, { classes: ['cat'] }, all).judged).toHaveLength(9);
  });

  test('must be there', () => {
    expect(() => chooseDrawings(data, { classes: ['pig'] }, all)).toThrow(
      '--data: expected drawings in test of a class that the model knows, got 21 of other classes (bird, cat, owl)',
    );
    expect(() => chooseDrawings({ ...data, test: [] }, owlAndBird, all)).toThrow('got none - use --split all');
  });
});

test('noise is uniform: its mean is 0 and its variance a twelfth', () => {
  const long = { stroke3: Float32Array.from(uniforms(keyOf(1), 30_000), () => 0), label: 0 };
  const [drawing] = chooseDrawings({ ...data, test: [long] }, { classes: ['bird'] }, all).judged;
  const noise = (drawing?.blurred ?? new Float32Array()).filter((_, i) => i % 3 < 2);
  const mean = noise.reduce((sum, each) => sum + each / noise.length, 0);
  expect(mean).toBeCloseTo(0, 1.9);
  expect(noise.reduce((sum, each) => sum + (each - mean) ** 2 / noise.length, 0)).toBeCloseTo(1 / 12, 2.5);
});
