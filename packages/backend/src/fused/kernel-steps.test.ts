import { fold, keyOf, uniforms } from '@sketch-rnn/data';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { atSizes, type Call, type Case, devices, distance, distanceSpoiled, type Make } from './beside-loops.ts';
import type { Device } from './device.ts';
import type { NormAffine } from './kernel-steps.ts';
import { columnsOf, type Matrix, repeated } from './matrix.ts';

type Size = readonly [rows: number, units: number];

const SIZES: readonly Size[] = [
  [1, 1],
  [2, 3],
  [4, 4],
  [5, 9],
  [3, 131],
  [70, 16],
];

/** Rows, and Gaussians of their mixtures. */
const MIXTURES: readonly Size[] = [
  [1, 1],
  [3, 3],
  [5, 4],
  [4, 9],
  [90, 20],
];

function table(rows: number, columns: number, value: (r: number, c: number) => number): number[][] {
  return Array.from({ length: rows }, (_row, r) => Array.from({ length: columns }, (_column, c) => value(r, c)));
}

/** What dropout keeps of some rows. */
function mask(make: Make, [n, h]: Size): Matrix {
  return make.rows(table(n, h, (r, c) => ((r + c) % 3 ? 1.25 : 0)));
}

/** Numbers between 0 and 1, as those of gates are. */
function shares(make: Make, [n, m]: Size): Matrix {
  const values = uniforms(fold(keyOf(2), n), n * m);
  return make.rows(table(n, m, (r, c) => values[r * m + c] as number));
}

function lstm([n, h]: Size, masked: boolean): Call {
  return (kernels, make) => {
    const layer = () => ({
      hidden: make.normals(n, h),
      hiddenWeights: kernels.prepare(make.normals(h, 4 * h, 1 / Math.sqrt(h)), false),
      gates: make.normals(n, 4 * h),
      cellBefore: make.normals(n, h),
      cell: make.normals(n, h),
      output: make.normals(n, h),
      ...(masked && { mask: mask(make, [n, h]) }),
    });
    kernels.lstm([layer(), layer()]);
  };
}

interface Backward {
  readonly masked: boolean;
  /** Rows before this one have no gradient from outside. */
  readonly outerFrom: number;
  /** Rows that go on. */
  readonly later: number;
}

function lstmBackward([n, h]: Size, { masked, outerFrom, later }: Backward): Call {
  return (kernels, make) => {
    const layer = () => ({
      gates: shares(make, [n, 4 * h]),
      cellBefore: make.normals(n, h),
      cell: make.normals(n, h),
      outer: make.normals(n, h),
      outerFrom,
      ...(masked && { mask: mask(make, [n, h]) }),
      ...(later > 0 && {
        later: {
          gradient: make.normals(later, 4 * h),
          hiddenWeights: kernels.prepare(make.normals(h, 4 * h, 1 / Math.sqrt(h)), true),
        },
      }),
      cellGradient: make.normals(n, h),
    });
    kernels.lstmBackward([layer(), layer()]);
  };
}

const lstms = atSizes(SIZES, {
  lstm: (size) => lstm(size, false),
  'lstm, dropout': (size) => lstm(size, true),
  'lstmBackward of the last step': (size) => lstmBackward(size, { masked: false, outerFrom: 0, later: 0 }),
  'lstmBackward, all go on': (size) => lstmBackward(size, { masked: true, outerFrom: 0, later: size[0] }),
  'lstmBackward, some go on': (size) =>
    lstmBackward(size, { masked: false, outerFrom: 0, later: Math.ceil(size[0] / 2) }),
  'lstmBackward, outer gradients where none go on': (size) =>
    lstmBackward(size, { masked: true, outerFrom: Math.ceil(size[0] / 2), later: Math.ceil(size[0] / 2) }),
  'lstmBackward, no outer gradient': (size) =>
    lstmBackward(size, { masked: false, outerFrom: size[0], later: size[0] }),
  'lstmBackward, rows that nothing reaches': (size) =>
    lstmBackward(size, { masked: false, outerFrom: size[0], later: Math.floor(size[0] / 2) }),
});

function affine(make: Make, h: number): NormAffine {
  return {
    gateGamma: make.normals(1, 4 * h),
    gateBeta: make.normals(1, 4 * h),
    cellGamma: make.normals(1, h),
    cellBeta: make.normals(1, h),
  };
}

function norm([n, h]: Size, masked: boolean): Call {
  return (kernels, make) =>
    kernels.norm({
      ...affine(make, h),
      sums: make.normals(n, 4 * h),
      inverse: make.normals(n, 5),
      cellBefore: make.normals(n, h),
      cell: make.normals(n, h),
      cellUnit: make.normals(n, h),
      output: make.normals(n, h),
      ...(masked && { mask: mask(make, [n, h]) }),
    });
}

function normBackward([n, h]: Size, masked: boolean): Call {
  return (kernels, make) =>
    kernels.normBackward({
      ...affine(make, h),
      unit: make.normals(n, 4 * h),
      inverse: make.normals(n, 5),
      cellBefore: make.normals(n, h),
      cellUnit: make.normals(n, h),
      ...(masked && { mask: mask(make, [n, h]) }),
      hiddenGradient: make.normals(n, h),
      cellGradient: make.normals(n, h),
      gateAffineGradient: make.normals(n, 4 * h),
      cellAffineGradient: make.normals(n, h),
      sumGradient: make.normals(n, 4 * h),
    });
}

const norms = atSizes(SIZES, {
  norm: (size) => norm(size, false),
  'norm, dropout': (size) => norm(size, true),
  normBackward: (size) => normBackward(size, false),
  'normBackward, dropout': (size) => normBackward(size, true),
});

/** Offsets and pen states, by turns down, up and ended. */
function targets(make: Make, n: number, at: { x: number; y: number }): Matrix {
  return make.rows(
    Array.from({ length: n }, (_, r) => [at.x + r / n, at.y - r / n, ...[0, 1, 2].map((pen) => Number(r % 3 === pen))]),
  );
}

interface Loss {
  readonly form: 'log' | 'reference';
  readonly differentiate: boolean;
}

function mixture([n, m]: Size, { form, differentiate }: Loss): Call {
  return (kernels, make) =>
    kernels.mixture({
      raw: make.normals(n, 3 + 6 * m),
      targets: targets(make, n, { x: 0.3, y: -0.2 }),
      logs: make.normals(n, 2),
      form,
      ...(differentiate && { gradient: { weights: make.normals(n, 2), scale: 0.3 } }),
    });
}

const mixtures = atSizes(MIXTURES, {
  'mixture, log': (size) => mixture(size, { form: 'log', differentiate: false }),
  'mixture, log, gradients': (size) => mixture(size, { form: 'log', differentiate: true }),
  'mixture, reference': (size) => mixture(size, { form: 'reference', differentiate: false }),
  'mixture, reference, gradients': (size) => mixture(size, { form: 'reference', differentiate: true }),
});

/** Mixtures of one Gaussian each, the three numbers of their spread given; the offset is 0.21 and 0.01 from their mean. */
function spreads(values: readonly (readonly [logX: number, logY: number, atanhRho: number])[]): Call {
  return (kernels, make) => {
    const raw = make.rows(values.map((spread) => [0.1, 0.2, 0.3, 0.4, 0.1, -0.2, ...spread]));
    const at = make.rows(values.map(() => [0.31, -0.19, 1, 0, 0]));
    const weights = repeated(make.rows([[1, 1]]), values.length);
    const logs = make.normals(values.length, 2);
    kernels.mixture({ raw, targets: at, logs, form: 'log', gradient: { weights, scale: 1 } });
  };
}

function draw([n, m]: Size, options: { temperature: number; form: 'paper' | 'sketch-rnn-js' }): Call {
  return (kernels, make) => {
    const row = (r: number): number[] => (r % 3 === 1 ? [7, 8, 0, 0, 1] : [1, 2, 1, 0, 0]);
    const given = (r: number): number[] => (r % 4 === 2 ? [3, 4, 0, 1, 0, 1] : [0, 0, 0, 0, 0, 0]);
    const drawnWith = make.normals(n, 4);
    const chances = columnsOf(drawnWith, 0, 2);
    kernels.fill(chances, 0);
    kernels.copyRows({ from: shares(make, [n, 2]), out: chances, add: false });
    kernels.draw({
      raw: make.normals(n, 3 + 6 * m),
      numbers: drawnWith,
      given: make.rows(Array.from({ length: n }, (_, r) => given(r))),
      rows: make.rows(Array.from({ length: n }, (_, r) => row(r))),
      options: { mixtures: m, ...options },
    });
  };
}

const draws = atSizes(MIXTURES, {
  'draw at 0.7': (size) => draw(size, { temperature: 0.7, form: 'paper' }),
  'draw at 1.3 as sketch-rnn-js does': (size) => draw(size, { temperature: 1.3, form: 'sketch-rnn-js' }),
  'draw at 0': (size) => draw(size, { temperature: 0, form: 'paper' }),
});

const TABLES: readonly { kernels: string; cases: readonly Case<Size>[]; carried: boolean }[] = [
  { kernels: 'lstm', cases: lstms, carried: true },
  { kernels: 'norm', cases: norms, carried: true },
  { kernels: 'mixture', cases: mixtures, carried: true },
  // A draw from NaN is not a draw.
  { kernels: 'draw', cases: draws, carried: false },
];

describe.for(devices)('$name', ({ open, carries }) => {
  let device: Device;
  beforeAll(async () => {
    if (open) device = await open();
  });
  afterAll(() => device?.dispose());

  describe.skipIf(!open).for(TABLES)('$kernels', ({ cases, carried }) => {
    test.for(cases)('as loops have it: %s', async ([, call]) => {
      expect(await distance(device, call)).toBeLessThan(1e-5);
    });

    test.for(carried ? cases.filter(([, , size]) => Math.max(...size) < 10) : [])(
      'nothing hides a NaN: %s',
      async ([, call]) => {
        for (const value of carries) {
          expect(await distanceSpoiled(device, call, value), `${value}`).toBeLessThan(1e-5);
        }
      },
    );
  });

  test.skipIf(!open).for(MIXTURES.slice(0, 3))(
    'nothing hides a NaN of any output: %d x %d Gaussians',
    async ([, m]) => {
      const width = 3 + 6 * m;
      // Of an infinite mean loops make a density of 0, others NaN: both end a training.
      for (const value of carries.filter(Number.isNaN)) {
        const call: Call = (kernels, make) =>
          kernels.mixture({
            raw: make.rows(table(width, width, (r, c) => (r === c ? value : (r * c) / width ** 2))),
            targets: targets(make, width, { x: 0.3, y: -0.2 }),
            logs: make.normals(width, 2),
            form: 'log',
            gradient: { weights: make.normals(width, 2), scale: 0.3 },
          });
        expect(await distance(device, call)).toBeLessThan(1e-5);
      }
    },
  );

  test.skipIf(!open)('log sigma has no gradient past its bounds, and has one at them', async () => {
    const around = [15.9, 16, 16.1, 40].flatMap((log) => [
      [log, 0, 0.5] as const,
      [-log, 0, 0.5] as const,
      [0, log, -0.5] as const,
    ]);
    expect(await distance(device, spreads(around))).toBeLessThan(2e-5);
  });

  test.skipIf(!open)('a density keeps its digits where rho is near its bound', async () => {
    const straight = [3, 6, 8, 9.5, 30].flatMap((rho) => [[0, 0, rho] as const, [-1, 1, -rho] as const]);
    expect(await distance(device, spreads(straight))).toBeLessThan(2e-5);
  });
});
