import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linearAxis, logAxis, roundAxis, type AxisOptions } from './axis.ts';

const options = fc
  .record({
    ends: fc.tuple(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), fc.double({ min: 1e-6, max: 1e6, noNaN: true })),
    count: fc.integer({ min: 2, max: 12 }),
  })
  .map(({ ends: [a, b], count }): AxisOptions => ({
    domain: [Math.min(a, b), Math.max(a, b)],
    range: [40, 600],
    count,
  }));

describe.each([
  ['linear', linearAxis],
  ['round', roundAxis],
  ['logarithmic', logAxis],
])('a %s axis', (_, axisOf) => {
  test('keeps the order and stays within its pixels', () => {
    fc.assert(
      fc.property(options, fc.double({ min: 0, max: 1, noNaN: true }), (given, share) => {
        const { at } = axisOf(given);
        const [least, greatest] = given.domain;
        const value = least + share * (greatest - least);
        expect(at(value)).toBeGreaterThanOrEqual(40 - 1e-6);
        expect(at(value)).toBeLessThanOrEqual(600 + 1e-6);
        expect(at(greatest)).toBeGreaterThanOrEqual(at(least));
      }),
    );
  });

  test('writes a handful of values, each a different text that says its number, inside the axis', () => {
    fc.assert(
      fc.property(options, (given) => {
        fc.pre(given.domain[1] > given.domain[0] * 1.01);
        const { at, ticks } = axisOf(given);
        expect(ticks.length).toBeGreaterThan(0);
        expect(ticks.length).toBeLessThanOrEqual(2 * given.count + 2);
        expect(new Set(ticks.map((tick) => tick.label)).size).toBe(ticks.length);
        for (const { value, label } of ticks) {
          expect(Math.abs(numberOf(label) - value)).toBeLessThanOrEqual(Math.abs(value) * 0.005);
          expect(at(value)).toBeGreaterThanOrEqual(40 - 1e-2);
          expect(at(value)).toBeLessThanOrEqual(600 + 1e-2);
        }
      }),
    );
  });

  test('of one value has it in the middle of something', () => {
    const { at, ticks } = axisOf({ domain: [0.5, 0.5], range: [0, 100], count: 5 });
    expect(at(0.5)).toBeGreaterThan(0);
    expect(at(0.5)).toBeLessThan(100);
    expect(ticks.length).toBeGreaterThan(0);
  });
});

test('a logarithmic axis gives every power of ten the same room', () => {
  const { at, ticks } = logAxis({ domain: [1, 10_000], range: [0, 400], count: 6 });
  expect(ticks.map((tick) => tick.label)).toEqual(['1', '10', '100', '1,000', '10K']);
  expect(ticks.map((tick) => Math.round(at(tick.value)))).toEqual([0, 100, 200, 300, 400]);
});

test('a logarithmic axis refuses what has no logarithm', () => {
  for (const least of [0, -1]) {
    expect(() => logAxis({ domain: [least, 10], range: [0, 1], count: 5 })).toThrow(
      /above 0, got .* - leave step 0 out/,
    );
  }
});

test('values of one axis have the same digits', () => {
  const labels = (domain: [number, number]) =>
    linearAxis({ domain, range: [0, 1], count: 5 }).ticks.map((tick) => tick.label);
  expect(labels([0, 1])).toEqual(['0.0', '0.2', '0.4', '0.6', '0.8', '1.0']);
  expect(labels([-1, 1])).toEqual(['−1.0', '−0.5', '0.0', '0.5', '1.0']);
  expect(labels([0, 20_000])).toEqual(['0', '5K', '10K', '15K', '20K']);
  expect(labels([0, 5e-4])).toEqual(['0', '1e-4', '2e-4', '3e-4', '4e-4', '5e-4']);
});

function numberOf(label: string): number {
  const [, digits = '', suffix = ''] = /^(.*?)([KM]?)$/.exec(label.replaceAll(',', '').replace('−', '-')) ?? [];
  return Number(digits) * ({ K: 1e3, M: 1e6 }[suffix] ?? 1);
}
