import { keyOf, normals } from '@sketch-rnn/data';
import { describe, expect, test } from 'vitest';
import type { Device } from '../../fused/device.ts';
import { createLoopsDevice } from '../../fused/loops/device.ts';
import type { Matrix } from '../../fused/matrix.ts';
import { createWebgpuDevice } from '../device.ts';
import type { Gpu } from '../gpu.ts';
import { openSoftwareGpu } from '../software.ts';

const gpu = await openSoftwareGpu();

type Given = Readonly<Record<'a' | 'b' | 'out', Matrix>>;

/** By shapes of a and b; the result is `[710, 790]`, more tiles than small ones are made for, and no whole number of them. */
const products = [
  { title: 'a b', shapes: [710, 5, 5, 790], compute: multiply(false) },
  { title: 'a b^T', shapes: [710, 5, 790, 5], compute: multiply(true) },
  {
    title: 'a^T b',
    shapes: [19, 710, 19, 790],
    compute: ({ kernels }: Device, given: Given) => kernels.accumulate(given),
  },
] as const;

function multiply(transpose: boolean) {
  return ({ kernels }: Device, { a, b, out }: Given): void =>
    kernels.multiply({ a, b: kernels.prepare(b, transpose), out, add: true });
}

describe.skipIf(!gpu)('large tiles', () => {
  test.for(products)('give the products of loops: $title', async ({ shapes, compute }) => {
    const [found, expected] = (await Promise.all(
      [createWebgpuDevice(gpu as Gpu), createLoopsDevice()].map(async (device) => {
        const [rows, columns, otherRows, otherColumns] = shapes;
        const matrix = (key: number, n: number, m: number): Matrix => {
          const made = device.scratch(n, m);
          device.write(made, normals(keyOf(key), n * m));
          return made;
        };
        const out = matrix(3, 710, 790);
        compute(device, { a: matrix(1, rows, columns), b: matrix(2, otherRows, otherColumns), out });
        const values = await device.read(out);
        device.dispose();
        return values;
      }),
    )) as [Float32Array, Float32Array];
    const errors = found.map((value, i) => Math.abs(value - (expected[i] as number)));
    expect(errors.reduce((worst, error) => Math.max(worst, error))).toBeLessThan(1e-5);
  });
});
