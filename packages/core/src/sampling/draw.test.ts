import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawRow, type DrawOptions, stepNumbers } from './draw.ts';

const MIXTURES = 3;
const paper: DrawOptions = { mixtures: MIXTURES, temperature: 1, form: 'paper' };
/** Pen logits; then pi, mu x, mu y, log sigma x, log sigma y, atanh rho of three Gaussians. */
const raw = Float32Array.of(
  1,
  0.5,
  -2,
  0.2,
  1.5,
  -0.3,
  -2,
  0.5,
  3,
  1,
  -1,
  0,
  -0.5,
  0.1,
  0.4,
  0.2,
  -0.6,
  0,
  0.5,
  -0.8,
  0.1,
);

function softmax(logits: readonly number[]): number[] {
  const exps = logits.map(Math.exp);
  const total = exps.reduce((a, b) => a + b, 0);
  return exps.map((x) => x / total);
}

function draws(options: DrawOptions, count: number): Float32Array[] {
  return Array.from({ length: count }, (_, seed) => drawRow(raw, stepNumbers(seed, 0), options));
}

describe('the numbers of a step', () => {
  test('are the same for the same seed and step, and others for other ones', () => {
    expect(stepNumbers(5, 3)).toEqual(stepNumbers(5, 3));
    expect(stepNumbers(5, 3)).not.toEqual(stepNumbers(5, 4));
    expect(stepNumbers(5, 3)).not.toEqual(stepNumbers(6, 3));
  });
});

describe('a drawn row', () => {
  const COUNT = 40_000;

  test.for([1, 0.3])('has the mean and covariance of the mixture at temperature %d', (temperature) => {
    const pi = softmax([0.2, 1.5, -0.3].map((logit) => logit / temperature));
    const mean = [0, 0];
    const second = [0, 0, 0];
    for (const [k, weight] of pi.entries()) {
      const [mx, my] = [raw[6 + k] as number, raw[9 + k] as number];
      const [sx, sy] = [raw[12 + k] as number, raw[15 + k] as number].map(
        (s) => Math.exp(s) * Math.sqrt(temperature),
      ) as [number, number];
      const rho = Math.tanh(raw[18 + k] as number);
      mean[0] = (mean[0] as number) + weight * mx;
      mean[1] = (mean[1] as number) + weight * my;
      second[0] = (second[0] as number) + weight * (sx * sx + mx * mx);
      second[1] = (second[1] as number) + weight * (sy * sy + my * my);
      second[2] = (second[2] as number) + weight * (rho * sx * sy + mx * my);
    }
    const rows = draws({ ...paper, temperature }, COUNT);
    const average = (f: (row: Float32Array) => number): number => rows.reduce((sum, row) => sum + f(row), 0) / COUNT;
    const [x, y] = [(row: Float32Array) => row[0] as number, (row: Float32Array) => row[1] as number];
    // Five standard errors of averages whose terms vary by less than 12 at this mixture.
    const margin = (5 * 12) / Math.sqrt(COUNT);
    expect(Math.abs(average(x) - (mean[0] as number))).toBeLessThan(margin / 4);
    expect(Math.abs(average(y) - (mean[1] as number))).toBeLessThan(margin / 4);
    expect(Math.abs(average((row) => x(row) ** 2) - (second[0] as number))).toBeLessThan(margin);
    expect(Math.abs(average((row) => y(row) ** 2) - (second[1] as number))).toBeLessThan(margin);
    expect(Math.abs(average((row) => x(row) * y(row)) - (second[2] as number))).toBeLessThan(margin);
  });

  test.for([
    { form: 'paper', temperature: 0.5, divisor: 0.5 },
    { form: 'sketch-rnn-js', temperature: 0.5, divisor: 0.75 },
  ] as const)('lifts the pen as often as its probability says: $form', ({ form, temperature, divisor }) => {
    const rows = draws({ ...paper, temperature, form }, COUNT);
    for (const [state, probability] of softmax([1, 0.5, -2].map((logit) => logit / divisor)).entries()) {
      const share = rows.filter((row) => row[2 + state] === 1).length / COUNT;
      expect(Math.abs(share - probability)).toBeLessThan(5 * Math.sqrt((probability * (1 - probability)) / COUNT));
    }
  });

  test('at temperature 0 is the mean of the likeliest component, whatever chance says', () => {
    for (const row of draws({ ...paper, temperature: 0 }, 50)) expect([...row]).toEqual([0.5, -1, 1, 0, 0]);
  });

  test('has exactly one pen state and finite offsets, however wild the output', () => {
    const anything = fc.array(fc.float({ noNaN: true, min: -1e4, max: 1e4 }), {
      minLength: raw.length,
      maxLength: raw.length,
    });
    const uniform = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    const temperatures = fc.oneof(fc.constant(0), fc.double({ min: 1e-3, max: 10, noNaN: true }));
    fc.assert(
      fc.property(
        anything,
        fc.record({ component: uniform, pen: uniform }),
        temperatures,
        (output, chance, temperature) => {
          const row = drawRow(Float32Array.from(output), { ...chance, x: 1.5, y: -2 }, { ...paper, temperature });
          expect(row.subarray(2).toSorted()).toEqual(Float32Array.of(0, 0, 1));
          expect(row.every(Number.isFinite)).toBe(true);
        },
      ),
    );
  });

  test('a uniform at the very end chooses the last component that can be', () => {
    const certain = Float32Array.from(raw);
    certain.set([0, 0, -1e4], 3);
    const row = drawRow(certain, { component: 1 - 2 ** -53, pen: 0, x: 0, y: 0 }, paper);
    expect(row[0]).toBe(0.5);
  });
});
