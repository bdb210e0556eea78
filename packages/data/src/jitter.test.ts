import { expect, test } from 'vitest';
import { jitter } from './jitter.ts';
import { fold, keyOf } from './random.ts';

const drawing = Float32Array.of(3, -2, 0, 0, 7, 0, -5, 1, 1);

test('leaves the pen alone, writes nothing, and the same key gives the same noise', () => {
  const before = drawing.slice();
  const jittered = jitter(drawing, 0.5, keyOf(1));
  expect(drawing).toEqual(before);
  expect(jittered).toEqual(jitter(drawing, 0.5, keyOf(1)));
  expect([jittered[2], jittered[5], jittered[8]]).toEqual([0, 0, 1]);
  expect(jitter(drawing, 0, keyOf(1))).toEqual(drawing);
});

test('is undone by rounding where it is below half a unit', () => {
  for (let i = 0; i < 1000; i++) {
    const jittered = jitter(drawing, 0.499, fold(keyOf(2), i));
    expect(jittered.map(Math.round).map((value) => value + 0)).toEqual(drawing);
  }
});

test('is uniform, and independent from offset to offset', () => {
  const count = 20_000;
  const noise = Array.from({ length: count }, (_, i) => {
    const jittered = jitter(drawing, 0.7, fold(keyOf(3), i));
    return [(jittered[0] as number) - 3, (jittered[4] as number) - 7] as const;
  });
  const mean = (of: (x: number, y: number) => number): number =>
    noise.reduce((sum, [x, y]) => sum + of(x, y), 0) / count;
  const variance = 0.7 ** 2 / 3;
  for (const axis of [(x: number) => x, (_: number, y: number) => y]) {
    expect(Math.abs(mean(axis))).toBeLessThan(5 * Math.sqrt(variance / count));
    const squares = mean((x, y) => axis(x, y) ** 2);
    expect(Math.abs(squares - variance)).toBeLessThan(5 * 0.7 ** 2 * Math.sqrt(4 / 45 / count));
  }
  expect(Math.abs(mean((x, y) => x * y))).toBeLessThan((5 * variance) / Math.sqrt(count));
});
