import { bits, keyOf } from '@sketch-rnn/data';
import { describe, expect, test } from 'vitest';
import { openKernels, PAGE } from './kernel-module.ts';
import { openMemory } from './memory.ts';
import { webAssembly } from './web-assembly.ts';

const api = webAssembly as NonNullable<typeof webAssembly>;
const memory = openMemory(api);
const kernels = await openKernels(api, memory.memory);
memory.grow(PAGE / 2);

/** One of the kernels' functions, four numbers at a time. */
function apply(name: 'exp4' | 'log4' | 'sigmoid4' | 'tanh4', values: Float32Array): Float32Array {
  const out = new Float32Array(values.length);
  for (let i = 0; i < values.length; i += 4) {
    memory.numbers.set(values.subarray(i, i + 4), PAGE / 4);
    kernels[name](PAGE);
    out.set(memory.numbers.subarray(PAGE / 4, PAGE / 4 + 4), i);
  }
  return out;
}

/** Distance from the true value in units of the last place that float32 has there. */
function ulps(found: number, exact: number): number {
  const rounded = Math.fround(exact);
  if (found === rounded || (Number.isNaN(found) && Number.isNaN(exact))) return 0;
  const exponent = Math.max(-126, Math.floor(Math.log2(Math.abs(exact))));
  return Math.abs(found - exact) / 2 ** (exponent - 23);
}

/** Numbers all over a range, its ends and those next to 0 among them. */
function spread(low: number, high: number): Float32Array {
  const words = bits(keyOf(1), 40_000);
  const values = Float32Array.from(words, (word) => low + ((high - low) * word) / 2 ** 32);
  values.set([low, high, 0, -0].map((value) => Math.min(high, Math.max(low, value))));
  return values;
}

const FUNCTIONS = {
  exp4: { exact: Math.exp, low: -103, high: 88.7, bound: 2 },
  tanh4: { exact: Math.tanh, low: -12, high: 12, bound: 2 },
  // Below, float32 has no normal numbers for it.
  sigmoid4: { exact: (x: number) => 1 / (1 + Math.exp(-x)), low: -87, high: 87, bound: 2.5 },
  log4: { exact: Math.log, low: 1e-45, high: 40, bound: 2 },
} as const;

describe.for(Object.entries(FUNCTIONS))('%s', ([name, { exact, low, high, bound }]) => {
  const known = name as keyof typeof FUNCTIONS;

  test(`is within ${bound} ulp of float64 over its range`, () => {
    const values = spread(low, high);
    const found = apply(known, values);
    let worst = { error: 0, at: 0 };
    for (const [i, x] of values.entries()) {
      const error = ulps(found[i] as number, exact(x));
      if (error > worst.error) worst = { error, at: x };
    }
    expect(worst.error, `at ${worst.at}`).toBeLessThanOrEqual(bound);
  });

  test('at every power of two, those below the normal numbers included', () => {
    const powers = Array.from({ length: 277 }, (_, i) => 2 ** (i - 149)).flatMap((x) => [x, -x]);
    const inside = powers.filter((x) => x >= low && x <= high);
    const values = Float32Array.from({ length: 4 * Math.ceil(inside.length / 4) }, (_, i) => inside[i] ?? 1);
    const found = apply(known, values);
    const errors = found.map((y, i) => ulps(y, exact(values[i] as number)));
    expect(Math.max(...errors)).toBeLessThanOrEqual(bound);
  });

  test('near 0 and 1 as well', () => {
    const near = Float32Array.from(bits(keyOf(2), 4000), (word, i) => (i % 2) + (word / 2 ** 32 - 0.5) / 2 ** (i % 24));
    const values = near.map((x) => Math.max(low, x));
    const found = apply(known, values);
    const errors = found.map((y, i) => ulps(y, exact(values[i] as number)));
    expect(Math.max(...errors)).toBeLessThanOrEqual(bound);
  });

  test('keeps NaN and knows the infinities', () => {
    const found = apply(known, Float32Array.of(Number.NaN, Infinity, -Infinity, 0));
    expect(Array.from(found)).toEqual([Number.NaN, Infinity, -Infinity, 0].map((x) => Math.fround(exact(x))));
  });
});

test('e^x runs out of both ends: 0 far below, infinity far above', () => {
  expect(Array.from(apply('exp4', Float32Array.of(-1000, 1000, 88.8, -104)))).toEqual([0, Infinity, Infinity, 0]);
});

test.for(['exp4', 'tanh4', 'sigmoid4'] as const)(
  'where float32 ends %s is no NaN, and as near as the least normal number',
  (name) => {
    const { exact, bound } = FUNCTIONS[name];
    const values = Float32Array.from({ length: 40_000 }, (_, i) => (i % 2 === 0 ? 1 : -1) * (80 + i / 1000));
    for (const [i, y] of apply(name, values).entries()) {
      const truth = exact(values[i] as number);
      const isNear = y === Math.fround(truth) || Math.abs(y - truth) <= 2 ** -126 + bound * 2 ** -23 * Math.abs(truth);
      expect(isNear, `${name} at ${values[i]}: ${y}`).toBe(true);
    }
  },
);
