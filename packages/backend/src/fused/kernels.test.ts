import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { atSizes, type Call, type Case, devices, distance, distanceSpoiled, type Make } from './beside-loops.ts';
import type { Device } from './device.ts';
import { type Matrix, repeated } from './matrix.ts';

type Size = readonly [rows: number, columns: number];

/** Around the sizes of registers, tiles and blocks: one less, as many, one more. */
const SIZES: readonly Size[] = [
  [1, 1],
  [3, 5],
  [4, 8],
  [5, 7],
  [2, 131],
  [270, 33],
];

/** Rows, numbers that are summed up, columns. */
const PRODUCTS: readonly (readonly [number, number, number])[] = [
  [1, 1, 1],
  [1, 9, 17],
  [2, 3, 5],
  [3, 5, 8],
  [4, 8, 16],
  [5, 4, 9],
  [7, 1, 33],
  [35, 130, 70],
  [270, 33, 12],
  [100, 1000, 9],
];

/** Rows that are summed up, rows and columns of the result. */
const SUMS: readonly (readonly [number, number, number])[] = [
  [1, 1, 1],
  [3, 5, 7],
  [2, 4, 8],
  [5, 8, 16],
  [600, 6, 10],
  [270, 35, 130],
  [1100, 9, 17],
  [300, 5, 530],
];

const products = atSizes(
  PRODUCTS,
  Object.fromEntries(
    [false, true].flatMap((add) =>
      [false, true].flatMap((transpose) => {
        const multiply =
          (a: (make: Make, n: number, k: number) => Matrix) =>
          ([n, k, m]: (typeof PRODUCTS)[number]): Call =>
          (kernels, make) => {
            const deviation = 1 / Math.sqrt(k);
            const weights = transpose ? make.normals(m, k, deviation) : make.normals(k, m, deviation);
            const b = kernels.prepare(weights, transpose);
            kernels.multiply({ a: a(make, n, k), b, out: make.normals(n, m), add });
          };
        const title = `multiply by ${transpose ? 'a transpose' : 'weights'}, add ${add}`;
        return [
          [title, multiply((make, n, k) => make.normals(n, k))],
          [`${title}, rows all the same`, multiply((make, n, k) => repeated(make.normals(1, k), n))],
        ] as const;
      }),
    ),
  ),
);

const sums = atSizes(SUMS, {
  accumulate:
    ([r, k, m]) =>
    (kernels, make) =>
      kernels.accumulate({ a: make.normals(r, k), b: make.normals(r, m), out: make.normals(k, m) }),
  'accumulate, rows all the same':
    ([r, k, m]) =>
    (kernels, make) =>
      kernels.accumulate({ a: repeated(make.normals(1, k), r), b: make.normals(r, m), out: make.normals(k, m) }),
});

/** Places among six rows, some of them more than once. */
function places(make: Make, count: number): Matrix {
  return make.rows([Array.from({ length: count }, (_, r) => (r * r + 1) % 6)]);
}

const rows = atSizes(SIZES, {
  copyRows:
    ([n, m]) =>
    (kernels, make) =>
      kernels.copyRows({ from: make.normals(n, m), out: make.normals(n, m), add: false }),
  'copyRows, add':
    ([n, m]) =>
    (kernels, make) =>
      kernels.copyRows({ from: make.normals(n, m), out: make.normals(n, m), add: true }),
  'copyRows of places':
    ([n, m]) =>
    (kernels, make) =>
      kernels.copyRows({ from: make.normals(6, m), rows: places(make, n), out: make.normals(n, m), add: false }),
  'copyRows of places, add':
    ([n, m]) =>
    (kernels, make) =>
      kernels.copyRows({ from: make.normals(6, m), rows: places(make, n), out: make.normals(n, m), add: true }),
  'copyRows of one row':
    ([n, m]) =>
    (kernels, make) =>
      kernels.copyRows({ from: repeated(make.normals(1, m), n), out: make.normals(n, m), add: false }),
  addRows:
    ([n, m]) =>
    (kernels, make) =>
      kernels.addRows({ from: make.normals(n, m), rows: places(make, n), out: make.normals(6, m) }),
  sumRows:
    ([n, m]) =>
    (kernels, make) =>
      kernels.sumRows({ from: make.normals(n, m), out: make.normals(1, m) }),
  'sumRows with factors':
    ([n, m]) =>
    (kernels, make) =>
      kernels.sumRows({ from: make.normals(n, m), factor: make.normals(n, m), out: make.normals(1, m) }),
  'sumRows with one row of factors':
    ([n, m]) =>
    (kernels, make) =>
      kernels.sumRows({ from: make.normals(n, m), factor: repeated(make.normals(1, m), n), out: make.normals(1, m) }),
});

const numbers = atSizes(SIZES, {
  fill:
    ([n, m]) =>
    (kernels, make) =>
      kernels.fill(make.normals(n, m), 2.5),
  scale:
    ([n, m]) =>
    (kernels, make) =>
      kernels.scale(make.normals(n, m), make.normals(n, m)),
  'scale by one row':
    ([n, m]) =>
    (kernels, make) =>
      kernels.scale(make.normals(n, m), repeated(make.normals(1, m), n)),
  tanh:
    ([n, m]) =>
    (kernels, make) =>
      kernels.tanh(make.normals(n, m, 3)),
  tanhBackward:
    ([n, m]) =>
    (kernels, make) =>
      kernels.tanhBackward(make.normals(n, m), make.normals(n, m, 0.3)),
  modulate:
    ([n, m]) =>
    (kernels, make) =>
      kernels.modulate({
        modulation: make.normals(n, 3 * m),
        x: make.normals(n, m),
        h: make.normals(n, m),
        bias: make.normals(1, m),
        sums: make.normals(n, m),
      }),
  modulateBackward:
    ([n, m]) =>
    (kernels, make) =>
      kernels.modulateBackward({
        gradient: make.normals(n, m),
        modulation: make.normals(n, 3 * m),
        x: make.normals(n, m),
        h: make.normals(n, m),
      }),
});

/** Mean, log variance, noise and flags of some sketches, every third without a latent vector. */
function drawnFrom(make: Make, [n, m]: Size) {
  return {
    mean: make.normals(n, m),
    logVariance: make.normals(n, m),
    epsilon: make.normals(n, m),
    flags: make.rows(Array.from({ length: n }, (_, b) => [b % 3 === 1 ? 0 : 1])),
  };
}

const latents = atSizes(SIZES, {
  latent: (size) => (kernels, make) =>
    kernels.latent({ ...drawnFrom(make, size), z: make.normals(...size), divergence: make.normals(size[0], 1) }),
  ...Object.fromEntries(
    [0.125, 0.25, 0.5].map((kl) => [
      `latentBackward, KL ${kl} and its floor 0.25`,
      (size: Size): Call =>
        (kernels, make) =>
          kernels.latentBackward({
            ...drawnFrom(make, size),
            zGradient: make.normals(...size),
            kl: make.rows([[kl]]),
            weight: 0.7,
            tolerance: 0.25,
          }),
    ]),
  ),
});

const updates = atSizes(
  [1, 3, 4, 1001].map((count): Size => [1, count]),
  Object.fromEntries(
    [0, 1].map((apply) => [
      `adam, apply ${apply}`,
      (size: Size): Call =>
        (kernels, make) => {
          const second = make.normals(...size, 0.1);
          // A mean of squares is not negative.
          kernels.scale(second, second);
          const [weights, gradients, first] = [make.normals(...size), make.normals(...size), make.normals(...size)];
          kernels.adam({ weights, gradients, first, second, apply: make.rows([[apply]]), rate: 0.01, clip: 1 });
        },
    ]),
  ),
);

/** Float32 sums up in another order than loops do: hundreds of products lose a digit. */
const TABLES: readonly { kernels: string; cases: readonly Case<readonly number[]>[]; tolerance: number }[] = [
  { kernels: 'products', cases: products, tolerance: 5e-6 },
  { kernels: 'sums of products', cases: sums, tolerance: 2e-5 },
  { kernels: 'rows', cases: rows, tolerance: 5e-6 },
  { kernels: 'numbers', cases: numbers, tolerance: 2e-6 },
  { kernels: 'z', cases: latents, tolerance: 2e-6 },
  { kernels: 'updates', cases: updates, tolerance: 1e-6 },
];

describe.for(devices)('$name', ({ open, carries }) => {
  let device: Device;
  beforeAll(async () => {
    if (open) device = await open();
  });
  afterAll(() => device?.dispose());

  describe.skipIf(!open).for(TABLES)('$kernels', ({ cases, tolerance }) => {
    test.for(cases)('as loops have it: %s', async ([, call]) => {
      expect(await distance(device, call)).toBeLessThan(tolerance);
    });

    test.for(cases.filter(([, , size]) => Math.max(...size) < 10))('nothing hides a NaN: %s', async ([, call]) => {
      for (const value of carries) {
        expect(await distanceSpoiled(device, call, value), `${value}`).toBeLessThan(tolerance);
      }
    });
  });

  test.skipIf(!open)('sums of thousands of numbers do not drift', async () => {
    const call: Call = (kernels, make) => {
      kernels.sumRows({ from: repeated(make.rows([[0.1, -3.3]]), 40_000), out: make.rows([[0, 0]]) });
    };
    expect(await distance(device, call)).toBeLessThan(2e-5);
  });

  test.skipIf(!open).for([Number.NaN, Infinity, -Infinity])('finds %d among many numbers', async (value) => {
    for (const [count, place] of [
      [1, 0],
      [6, 5],
      [1003, 1002],
      [1003, 500],
    ] as const) {
      const call: Call = (kernels, make) => {
        const given = make.rows([Array.from({ length: count }, (_, i) => (i === place ? value : i))]);
        const others = make.rows([[1, 2, 3, 4, 5]]);
        kernels.finite([others, given], make.rows([[7]]));
        kernels.finite([others, { ...given, columns: place }], make.rows([[7]]));
      };
      expect(await distance(device, call)).toBe(0);
    }
  });
});
