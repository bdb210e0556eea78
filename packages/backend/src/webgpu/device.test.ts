import { describe, expect, test } from 'vitest';
import { EngineError } from '../error.ts';
import type { Matrix } from '../fused/matrix.ts';
import { createWebgpuDevice, type WebgpuDevice } from './device.ts';
import type { Gpu } from './gpu.ts';
import { kernel } from './kernel.ts';
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
    broken.pipeline(kernel({ label: 'broken', matrices: ['out'], code: 'fn main() { nonsense(); }' }));
    await expect(device.read(row(device, [1]))).rejects.toThrow(/^webgpu: .*nonsense/s);
    expect(() => device.scratch(1, 1)).toThrow(EngineError);
  });
});
