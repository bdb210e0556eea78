import { afterAll, beforeAll, expect, test } from 'vitest';
import { CLASSES, furnish, type Furniture } from './bundle.ts';
import { slope } from './figures.ts';
import { measureSoak } from './soak.ts';

let furniture: Furniture;

beforeAll(async () => {
  furniture = await furnish();
}, 60_000);

afterAll(() => furniture.remove());

test('a short soak with every fault and dying threads: nothing is lost, and the bot ends well', async () => {
  const report = await measureSoak({
    furniture: { ...furniture, workerPath: furniture.mortalPath },
    classes: CLASSES,
    minutes: 1 / 6,
    pace: 80,
    faultEvery: 700,
  });
  expect(report).toMatchObject({ lost: [], refusals: [], exitCode: 0 });
  expect(report.deaths).toBeGreaterThan(0);
  expect(report.sessions.resumed).toBeGreaterThan(0);
  expect(report.commands).toBeGreaterThan(20);
}, 400_000);

test('a slope is that of the line, and of the best line through noise', () => {
  const line = Array.from({ length: 50 }, (_, i): [number, number] => [i / 7, 3 - 0.25 * (i / 7)]);
  expect(slope(line)).toBe(-0.25);
  // Residuals +1, -1, -1, +1 are orthogonal to x and to 1.
  expect(slope([[0, 1], [1, 1], [2, 3], [3, 7]])).toBe(2); // prettier-ignore
});
