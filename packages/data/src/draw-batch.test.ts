import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Example } from './dataset.ts';
import { drawerOf } from './draw-batch.ts';
import { fold, keyOf } from './random.ts';

const noRows = new Float32Array(0);

/** As many examples of each class as said, the classes one after the other. */
function examplesOf(sizes: readonly number[]): Example[] {
  return sizes.flatMap((size, label) => Array.from({ length: size }, (): Example => ({ stroke3: noRows, label })));
}

function countsOf(values: Iterable<number>, kinds: number): number[] {
  const counts = Array<number>(kinds).fill(0);
  for (const value of values) counts[value] = (counts[value] as number) + 1;
  return counts;
}

/** Pearson's statistic: on average the kinds less one where the counts follow the shares. */
function chiSquare(counts: readonly number[], shares: readonly number[]): number {
  const draws = counts.reduce((sum, count) => sum + count, 0);
  const whole = shares.reduce((sum, share) => sum + share, 0);
  return counts.reduce((sum, count, i) => {
    const expected = (draws * (shares[i] as number)) / whole;
    return sum + (count - expected) ** 2 / expected;
  }, 0);
}

const drawers = fc
  .tuple(fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 5 }), fc.constantFrom(0, 0.5, 1))
  .map(([sizes, balance]) => ({ examples: examplesOf(sizes), balance }));

describe('a draw', () => {
  test('depends on its key alone, not on the draws before it', () => {
    fc.assert(
      fc.property(drawers, fc.nat(), ({ examples, balance }, seed) => {
        const used = drawerOf(examples, balance);
        const keys = Array.from({ length: 5 }, (_, step) => fold(keyOf(seed), step));
        for (const key of keys) used.draw(key, 7);
        for (const key of keys) expect(used.draw(key, 7)).toEqual(drawerOf(examples, balance).draw(key, 7));
      }),
    );
  });

  test('is another for another key', () => {
    const { draw } = drawerOf(examplesOf([1000]), 1);
    const draws = Array.from({ length: 100 }, (_, step) => draw(fold(keyOf(1), step), 10).join());
    expect(new Set(draws).size).toBe(100);
  });

  test('gives as many examples as asked for, and of each class each as often as any other, give or take one', () => {
    fc.assert(
      fc.property(drawers, fc.nat(), fc.integer({ min: 1, max: 100 }), ({ examples, balance }, seed, size) => {
        const places = drawerOf(examples, balance).draw(keyOf(seed), size);
        expect(places).toHaveLength(size);
        const counts = countsOf(places, examples.length);
        // Places that do not exist would have lengthened the list.
        expect(counts).toHaveLength(examples.length);
        for (const label of new Set(examples.map((example) => example.label))) {
          const own = counts.filter((_, place) => examples[place]?.label === label);
          expect(Math.max(...own) - Math.min(...own)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  test('holds no example twice while its class is large enough', () => {
    const { draw } = drawerOf(examplesOf([100, 100]), 1);
    for (let step = 0; step < 200; step++) {
      const places = draw(fold(keyOf(2), step), 100);
      expect(new Set(places).size).toBe(100);
    }
  });

  test('of all there are is all of them', () => {
    const places = drawerOf(examplesOf([100]), 1).draw(keyOf(3), 100);
    expect(places.toSorted((a, b) => a - b)).toEqual([...Array(100).keys()]);
  });

  test('of a class of one is that one, over and over', () => {
    expect(drawerOf(examplesOf([1]), 0).draw(keyOf(4), 5)).toEqual([0, 0, 0, 0, 0]);
  });

  test('finds the examples of a class wherever they stand', () => {
    const mixed = Array.from({ length: 60 }, (_, i): Example => ({
      stroke3: noRows,
      label: [4, 0, 2][i % 3] as number,
    }));
    const places = drawerOf(mixed, 0).draw(keyOf(5), 60);
    for (const label of [0, 2, 4]) {
      const own = places.filter((place) => mixed[place]?.label === label);
      expect(own.length).toBeGreaterThan(5);
    }
  });
});

describe('over many draws', () => {
  const sizes = [1000, 250, 40, 10];
  const examples = examplesOf(sizes);
  /** The upper 0.1 % points of the chi-square distribution, by degrees of freedom. */
  const LIMIT = { 3: 16.27, 9: 27.88, 99: 148.23 };

  test.for([0, 0.3, 0.5, 1])('classes come in proportion to their size to the power %s', (balance) => {
    const { draw } = drawerOf(examples, balance);
    const places = Array.from({ length: 400 }, (_, step) => draw(fold(keyOf(6), step), 50)).flat();
    const labels = places.map((place) => examples[place]?.label as number);
    const shares = sizes.map((size) => size ** balance);
    expect(chiSquare(countsOf(labels, sizes.length), shares)).toBeLessThan(LIMIT[3]);
  });

  // One at a time: in a larger batch none comes twice, and counts are more even than by chance.
  test.for([
    [[70, 25, 5], LIMIT[99]],
    [[10], LIMIT[9]],
  ] as const)('with balance 1 every example is as likely as any other: %s', ([classes, limit]) => {
    const all = examplesOf(classes);
    const { draw } = drawerOf(all, 1);
    const places = Array.from({ length: 20_000 }, (_, step) => draw(fold(keyOf(7), step), 1)).flat();
    const counts = countsOf(places, all.length);
    expect(chiSquare(counts, Array<number>(all.length).fill(1))).toBeLessThan(limit);
  });

  test('every example of a class comes as often, in batches too', () => {
    const { draw } = drawerOf(examplesOf([40]), 1);
    const places = Array.from({ length: 2000 }, (_, step) => draw(fold(keyOf(8), step), 10)).flat();
    // 500 each; without repeats a count has the variance of 2,000 draws of probability 1/4.
    for (const count of countsOf(places, 40))
      expect(Math.abs(count - 500)).toBeLessThan(5 * Math.sqrt(2000 * 0.25 * 0.75));
  });
});
