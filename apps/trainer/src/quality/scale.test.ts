import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bestScale } from './scale.ts';

test('finds a known scale from any guess within a factor of a hundred', async () => {
  const positive = fc.double({ min: 0.5, max: 200, noNaN: true });
  const off = fc.double({ min: -4.6, max: 4.6, noNaN: true });
  await fc.assert(
    fc.asyncProperty(positive, off, async (scale, distance) => {
      const cost = async (at: number): Promise<number> => Math.log(at / scale) ** 2;
      const found = await bestScale(cost, scale * Math.exp(distance));
      expect(Math.abs(Math.log(found / scale))).toBeLessThan(1e-3);
    }),
    { numRuns: 50 },
  );
});

test('finds the scale of a normal density: that of the values', async () => {
  const values = [3, -1, 4, 1, -5, 9, -2, 6];
  const deviation = Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length);
  // -log N(x / s; 0, 1) / s for each value.
  const cost = async (s: number): Promise<number> => values.reduce((sum, x) => sum + (x / s) ** 2 / 2 + Math.log(s), 0);
  expect((await bestScale(cost, 1)) / deviation).toBeCloseTo(1, 2);
});

test('takes the deeper of two valleys the grid can see', async () => {
  const valley = (at: number, place: number, depth: number): number =>
    -depth * Math.exp(-((Math.log(at / place) / 0.4) ** 2));
  const cost = async (at: number): Promise<number> => valley(at, 8, 1) + valley(at, 30, 2);
  expect((await bestScale(cost, 14)) / 30).toBeCloseTo(1, 2);
});

test('a scale at which nothing can be judged is the worst', async () => {
  const cost = async (at: number): Promise<number> => (at < 20 ? NaN : Math.log(at / 30) ** 2);
  for (const guess of [10, 30, 60]) expect((await bestScale(cost, guess)) / 30).toBeCloseTo(1, 2);
});
