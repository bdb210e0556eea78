import { describe, expect, test } from 'vitest';
import { brushPath, EVEN_PRESSURE, type InkPoint } from './brush.ts';

/** A line to the right, the pressure as it goes; long, so that its ends do not matter. */
function line(pressure: (share: number) => number): InkPoint[] {
  return Array.from({ length: 101 }, (_, i): InkPoint => [2 * i, 100, pressure(i / 100)]);
}

/** How wide the outline of such a line is near a place. */
function widthAt(path: string, x: number): number {
  const ys = [...path.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)]
    .filter(([, at]) => Math.abs(Number(at) - x) < 5)
    .map(([, , y]) => Number(y));
  return Math.max(...ys) - Math.min(...ys);
}

describe('brushPath', () => {
  test('an even line is as wide everywhere, as wide as the model’s', () => {
    const path = brushPath(line(() => EVEN_PRESSURE));
    for (const x of [30, 100, 170]) expect(widthAt(path, x)).toBeCloseTo(2.4, 1);
  });

  test('the harder the pen is pressed the wider the line', () => {
    const path = brushPath(line((share) => share));
    const widths = [30, 70, 100, 130, 170].map((x) => widthAt(path, x));
    expect(widths).toEqual(widths.toSorted((a, b) => a - b));
    expect(widths.at(-1)).toBeGreaterThan(2 * (widths[0] as number));
  });

  test('a pen that only touched leaves a dot there', () => {
    const numbers = [...brushPath([[40, 60, 0.5]]).matchAll(/(-?[\d.]+) (-?[\d.]+)/g)];
    expect(numbers.length).toBeGreaterThan(3);
    for (const [, x, y] of numbers) expect(Math.hypot(Number(x) - 40, Number(y) - 60)).toBeLessThan(3);
  });
});
