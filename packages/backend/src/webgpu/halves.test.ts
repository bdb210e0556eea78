import { bits, keyOf, normals } from '@sketch-rnn/data';
import { describe, expect, test } from 'vitest';
import type { Halves } from '../fused/device.ts';
import { columnsOf, type Matrix, rowsOf } from '../fused/matrix.ts';
import { createWebgpuDevice, type WebgpuDevice } from './device.ts';
import type { Gpu } from './gpu.ts';
import { areHalves } from './halves.ts';
import { openSoftwareGpu } from './software.ts';

const gpu = await openSoftwareGpu();

/** Every finite half by its definition: exponent by exponent, the subnormal ones first, each with both signs. */
const FINITE = Array.from({ length: 31 * 1024 }, (_, magnitude) => {
  const [exponent, fraction] = [Math.floor(magnitude / 1024), magnitude % 1024];
  return exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15);
}).flatMap((value) => [value, -value]);
const UNDER_64 = Float32Array.from(FINITE.filter((value) => Math.abs(value) < 64));

/** Halves of all sizes. */
function someHalves(key: number, count: number): Float32Array {
  return Float32Array.from(bits(keyOf(key), count), (word) => UNDER_64[word % UNDER_64.length] as number);
}

describe('numbers that halves can hold', () => {
  test('are all halves under 64', () => {
    expect(FINITE.filter((value) => areHalves(Float32Array.of(value)))).toEqual([...UNDER_64]);
  });

  test.for([1 + 2 ** -11, 1 / 3, 2 ** -25, 1e-40, 65_536, Infinity, -Infinity, Number.NaN])('are not %d', (value) => {
    expect(areHalves(Float32Array.of(0.5, value, 1))).toBe(false);
  });
});

/** Rows of a, numbers that are summed up, columns of b; the last has more tiles than small ones are made for. */
const SIZES = [
  [1, 1, 1],
  [1, 9, 17],
  [2, 3, 5],
  [7, 1, 33],
  [35, 130, 71],
  [270, 33, 13],
  [710, 5, 791],
] as const;

const products = SIZES.flatMap(([n, k, m]) =>
  [false, true].flatMap((transpose) => [0, 1].map((from) => ({ n, k, m, transpose, from }))),
);

/** A device with halves. */
type Opened = WebgpuDevice & { readonly halves: Halves };

describe.skipIf(!gpu)('halves on WebGPU', () => {
  test('each comes back as the number it is', async () => {
    const device = open();
    const from = held(device, UNDER_64, 21);
    const out = device.scratch(from.rows, from.columns);
    device.kernels.copyRows({ from, out, add: false });
    expect(await device.read(out)).toEqual(UNDER_64);
    device.dispose();
  });

  test('rows of them are copied from any place', async () => {
    const device = open();
    const values = someHalves(1, 7 * 9);
    const [single, half] = [written(device, values, 9), held(device, values, 9)];
    const rows = written(device, Float32Array.of(3, 0, 5, 3), 4);
    const [expected, found] = [single, half].map((matrix) => {
      const out = written(device, normals(keyOf(2), 4 * 5), 5);
      device.kernels.copyRows({ from: columnsOf(rowsOf(matrix, 1, 6), 3, 5), rows, out, add: true });
      return out;
    }) as [Matrix, Matrix];
    expect(await device.read(found)).toEqual(await device.read(expected));
    device.dispose();
  });

  test.for(products)(
    'give the products of float32 numbers, to the bit: $n x $k x $m, transpose $transpose, rows from $from',
    async ({ n, k, m, transpose, from }) => {
      const device = open();
      const [rows, columns] = transpose ? [m, k] : [k, m];
      const values = someHalves(1, (rows + from) * columns);
      const a = written(device, normals(keyOf(2), n * k), k);
      const [expected, found] = [written(device, values, columns), held(device, values, columns)].map((weights) => {
        const out = written(device, normals(keyOf(3), n * m), m);
        const b = device.kernels.prepare(rowsOf(weights, from, rows), transpose);
        device.kernels.multiply({ a, b, out, add: true });
        return out;
      }) as [Matrix, Matrix];
      expect(await device.read(found)).toEqual(await device.read(expected));
      device.dispose();
    },
  );

  test.for([
    [true, true, 1],
    [true, false, 2],
    [false, true, 2],
  ] as const)(
    'give the LSTM step of float32 weights, in halves %s and %s: %i dispatches',
    async ([first, second, dispatches]) => {
      const expected = await lstmStep([false, false]);
      const found = await lstmStep([first, second]);
      expect(found.values).toEqual(expected.values);
      expect([expected.dispatches, found.dispatches]).toEqual([1, dispatches]);
    },
  );

  test('are read as they were when the kernel was called', async () => {
    const device = open();
    const from = held(device, Float32Array.of(1, 2, 3), 3);
    const [first, second] = [device.scratch(1, 3), device.scratch(1, 3)];
    device.kernels.copyRows({ from, out: first, add: false });
    device.write(from, [4, 5, 6]);
    device.kernels.copyRows({ from, out: second, add: false });
    device.halves.free();
    expect(await device.read(first)).toEqual(Float32Array.of(1, 2, 3));
    expect(await device.read(second)).toEqual(Float32Array.of(4, 5, 6));
    device.dispose();
  });
});

/** A step of two layers of odd sizes, the weights of some in halves: all that it writes. */
async function lstmStep(inHalves: readonly boolean[]): Promise<{ values: Float32Array[]; dispatches: number }> {
  const device = open();
  const steps = inHalves.map((half, layer) => {
    const units = 5 + 14 * layer;
    const state = (key: number, columns: number): Matrix => written(device, normals(keyOf(key), 3 * columns), columns);
    const matrix = (half ? held : written)(device, someHalves(layer, 4 * units ** 2), 4 * units);
    return {
      hidden: state(3, units),
      hiddenWeights: device.kernels.prepare(matrix, false),
      gates: state(4, 4 * units),
      cellBefore: state(5, units),
      cell: state(6, units),
      output: state(7, units),
    };
  });
  device.kernels.lstm(steps);
  const values: Float32Array[] = [];
  for (const { gates, cell, output } of steps) {
    for (const matrix of [gates, cell, output]) values.push(await device.read(matrix));
  }
  const dispatches = device.dispatches();
  device.dispose();
  return { values, dispatches };
}

function open(): Opened {
  return createWebgpuDevice(gpu as Gpu) as Opened;
}

/** Values in float32. */
function written(device: Opened, values: Float32Array, columns: number): Matrix {
  const matrix = device.scratch(values.length / columns, columns);
  device.write(matrix, values);
  return matrix;
}

/** Values in halves. */
function held(device: Opened, values: Float32Array, columns: number): Matrix {
  const matrix = device.halves.keep(values.length / columns, columns);
  device.write(matrix, values);
  return matrix;
}
