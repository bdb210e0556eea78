import { bits, keyOf, normals } from '@sketch-rnn/data';
import { describe, expect, test } from 'vitest';
import { EngineError } from '../error.ts';
import { createLoopsDevice } from '../fused/loops/device.ts';
import type { Matrix } from '../fused/matrix.ts';
import { countObjects } from './counted.ts';
import { createWebgpuDevice, type WebgpuDevice } from './device.ts';
import type { Gpu } from './gpu.ts';
import { kernel } from './kernel.ts';
import { overlap } from './reach.ts';
import { requestWebgpu } from './request.ts';
import { openSoftwareGpu } from './software.ts';

const gpu = await openSoftwareGpu();

/** A row of numbers. */
function row(device: WebgpuDevice, values: readonly number[]): Matrix {
  const matrix = device.scratch(1, values.length);
  device.write(matrix, values);
  return matrix;
}

async function numbers(device: WebgpuDevice, matrix: Matrix): Promise<number[]> {
  return [...(await device.read(matrix))];
}

describe.skipIf(!gpu)('a WebGPU device', () => {
  const opened = gpu as Gpu;

  test('an adapter in software says so', async () => {
    expect(await requestWebgpu()).toMatchObject({ found: true, fallback: true, name: 'google swiftshader' });
  });

  test('takes writes and kernels in the order of their calls', async () => {
    const device = createWebgpuDevice(opened);
    const [given, first, second] = [row(device, [1]), row(device, [0]), row(device, [0])];
    device.kernels.copyRows({ from: given, out: first, add: false });
    device.write(given, [2]);
    device.kernels.copyRows({ from: given, out: second, add: false });
    device.kernels.fill(given, 3);
    expect([await numbers(device, first), await numbers(device, second), await numbers(device, given)]).toEqual([
      [1],
      [2],
      [3],
    ]);
    device.dispose();
  });

  test('thousands of dispatches each see those before them', async () => {
    const device = createWebgpuDevice(opened);
    const [one, sum] = [row(device, [1]), row(device, [0])];
    for (let k = 0; k < 1500; k++) device.kernels.copyRows({ from: one, out: sum, add: true });
    expect(await numbers(device, sum)).toEqual([1500]);
    expect(device.dispatches()).toBe(1500);
    device.dispose();
  });

  test('calls share dispatches only where the order does not matter', async () => {
    const devices = [createWebgpuDevice(opened), createLoopsDevice()] as const;
    const [found, expected] = await Promise.all(
      devices.map(async (device) => {
        const all = device.scratch(1, 64);
        device.write(all, normals(keyOf(1), 64));
        // Matrices of three strides over the same numbers: beside each other, across each other, in each other.
        const some = (word: number): Matrix => {
          const stride = 3 + (word % 3);
          return { address: all.address + ((word >>> 2) % 40), rows: 2, columns: 1 + ((word >>> 8) % 3), stride };
        };
        const draws = bits(keyOf(2), 600);
        for (let k = 0; k < 600; k += 3) {
          const [kind, first, second] = draws.subarray(k, k + 3) as unknown as [number, number, number];
          const out = some(first);
          const from = { ...some(second), columns: out.columns };
          if (kind % 3 === 0) device.kernels.fill(out, (kind >>> 8) % 5);
          // Of a matrix that overlaps itself, what comes first would matter.
          else if (!overlap(out, from)) device.kernels.copyRows({ from, out, add: kind % 3 === 1 });
        }
        return device.read(all);
      }),
    );
    expect(found).toEqual(expected);
    expect(devices[0].dispatches()).toBeLessThan(150);
  });

  test('grows under what is recorded, and keeps what it holds', async () => {
    const device = createWebgpuDevice(opened);
    const kept = device.keep(1, 3);
    expect(await numbers(device, kept)).toEqual([0, 0, 0]);
    device.write(kept, [1, 2, 3]);
    const double = device.scratch(1, 3);
    device.kernels.copyRows({ from: kept, out: double, add: false });
    device.kernels.copyRows({ from: kept, out: double, add: true });
    const far = device.scratch(1000, 100);
    device.write({ ...far, address: far.address + 99_997, rows: 1, columns: 3 }, [7, 8, 9]);
    device.kernels.copyRows({ from: double, out: { ...far, rows: 1, columns: 3 }, add: false });
    expect(await numbers(device, double)).toEqual([2, 4, 6]);
    expect((await numbers(device, far)).slice(0, 3)).toEqual([2, 4, 6]);
    expect((await numbers(device, far)).slice(-3)).toEqual([7, 8, 9]);
    device.release();
    expect(device.scratch(1, 3)).toEqual(double);
    expect(await numbers(device, kept)).toEqual([1, 2, 3]);
    device.dispose();
  });

  test('holds three buffers whatever was written and read, and binds anew only where memory has grown', async () => {
    const counted = (await openSoftwareGpu()) as Gpu;
    const { live, made } = countObjects(counted.device);
    const device = createWebgpuDevice(counted);
    for (let round = 0; round < 60; round++) {
      const size = 1 + ((round * 37) % 50);
      const [from, out] = [device.scratch(size, 10), device.scratch(size, 10)];
      device.write(from, new Float32Array(size * 10).fill(round));
      device.kernels.copyRows({ from, out, add: false });
      expect((await device.read(out)).at(-1)).toBe(round);
      device.release();
      expect([...live].map(({ label }) => label).toSorted()).toEqual(['arguments', 'halves', 'memory']);
    }
    // By halves, from one number to a thousand: ln 1000 / ln 1.5.
    expect(made.bindGroups).toBeLessThanOrEqual(17);
    device.dispose();
    expect(live.size).toBe(0);
    counted.device.destroy();
  });

  test('what has no room is refused with what to do', () => {
    const device = createWebgpuDevice(opened);
    expect(() => device.scratch(2 ** 20, 2 ** 20)).toThrow(EngineError);
    expect(() => device.scratch(2 ** 20, 2 ** 20)).toThrow(/^webgpu: .* MiB - use a smaller batchSize$/);
    device.dispose();
  });

  test('what is disposed cannot be used, and leaves others as they are', async () => {
    const [device, other] = [createWebgpuDevice(opened), createWebgpuDevice(opened)];
    const matrix = row(device, [1]);
    device.kernels.fill(matrix, 2);
    device.dispose();
    expect(() => device.kernels.fill(matrix, 3)).toThrow(/disposed/);
    await expect(device.read(matrix)).rejects.toThrow(/disposed/);
    expect(await numbers(other, row(other, [4]))).toEqual([4]);
    other.dispose();
  });

  test('NaN comes through activations, whose arguments are bounded', async () => {
    const device = createWebgpuDevice(opened);
    const matrix = row(device, [Number.NaN, Infinity, -Infinity, 1e30, -1e30, 0]);
    device.kernels.tanh(matrix);
    expect(await numbers(device, matrix)).toEqual([Number.NaN, 1, -1, 1, -1, 0]);
    device.dispose();
  });

  test('tanh has six digits wherever it is', async () => {
    const device = createWebgpuDevice(opened);
    const given = Float32Array.from({ length: 4000 }, (_, i) => (i % 2 ? 1 : -1) * 1e-6 * 1.0045 ** i);
    const matrix = device.scratch(1, given.length);
    device.write(matrix, given);
    device.kernels.tanh(matrix);
    const found = await device.read(matrix);
    const errors = given.map((x, i) => Math.abs((found[i] as number) / Math.tanh(x) - 1));
    expect(Math.max(...errors)).toBeLessThan(5e-7);
    device.dispose();
  });
});

describe.skipIf(!gpu)('a WebGPU device that fails', () => {
  test('after its loss every call says so, what was under way included', async () => {
    const lost = (await openSoftwareGpu()) as Gpu;
    const device = createWebgpuDevice(lost);
    const matrix = row(device, [1]);
    const reading = device.read(matrix);
    lost.device.destroy();
    await expect(reading).rejects.toThrow(/^webgpu: .* it was lost - /);
    await expect(device.read(matrix)).rejects.toThrow(EngineError);
    expect(() => device.kernels.fill(matrix, 1)).toThrow(/it was lost/);
    expect(() => device.write(matrix, [1])).toThrow(/it was lost/);
    expect(() => device.scratch(1, 1)).toThrow(/it was lost/);
    expect(() => createWebgpuDevice(lost).scratch(1, 1)).toThrow(/it was lost/);
    device.release();
    device.dispose();
  });

  test('a shader that does not compile is an error of the next read, and of all after it', async () => {
    const broken = (await openSoftwareGpu()) as Gpu;
    const device = createWebgpuDevice(broken);
    broken.pipeline(kernel({ label: 'broken', matrices: ['out'], writes: ['out'], code: 'fn main() { nonsense(); }' }));
    await expect(device.read(row(device, [1]))).rejects.toThrow(/^webgpu: .*nonsense/s);
    expect(() => device.scratch(1, 1)).toThrow(EngineError);
  });
});
