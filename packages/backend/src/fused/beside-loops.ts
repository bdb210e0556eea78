import { fold, keyOf, normals } from '@sketch-rnn/data';
import { createWasmDevice } from '../wasm/device.ts';
import { hasSimd } from '../wasm/kernel-module.ts';
import { createWebgpuDevice } from '../webgpu/device.ts';
import { openSoftwareGpu } from '../webgpu/software.ts';
import type { Device } from './device.ts';
import type { Kernels } from './kernels.ts';
import { createLoopsDevice } from './loops/device.ts';
import type { Matrix } from './matrix.ts';

const software = await openSoftwareGpu();

/** Devices whose kernels are held against loops: a table for `describe`. */
export const devices: readonly {
  readonly name: string;
  /** Undefined where it does not run here. */
  readonly open: (() => Promise<Device>) | undefined;
  /** What comes out of kernels wherever it comes out of loops: WGSL may be compiled as if there were none of these. */
  readonly carries: readonly number[];
}[] = [
  { name: 'wasm', open: hasSimd() ? createWasmDevice : undefined, carries: [Number.NaN, Infinity, -Infinity] },
  { name: 'webgpu in software', open: software && (async () => createWebgpuDevice(software)), carries: [] },
];

/** A call of kernels; it makes its matrices first, the same ones on each device. */
export type Call = (kernels: Kernels, make: Make) => void;

/** Makes the matrices of a call: each begins in the middle of four numbers, and has NaN before, between and after its rows. */
export interface Make {
  /** Normal numbers, their deviation 1 by default. */
  normals(rows: number, columns: number, deviation?: number): Matrix;
  /** Numbers given. */
  rows(values: readonly (readonly number[])[]): Matrix;
}

/** A call of a size, and what to call it. */
export type Case<Size> = readonly [title: string, call: Call, size: Size];

/** Every call at every size. */
export function atSizes<Size extends readonly number[]>(
  sizes: readonly Size[],
  calls: Readonly<Record<string, (size: Size) => Call>>,
): Case<Size>[] {
  return Object.entries(calls).flatMap(([title, call]) =>
    sizes.map((size): Case<Size> => [`${title}, ${size.join(' x ')}`, call(size), size]),
  );
}

/** The last number of the `index`-th matrix of normal numbers becomes `value`. */
interface Spoiling {
  readonly index: number;
  readonly value: number;
}

/**
 * How far a device's numbers are from those of loops after a call, those around the call's matrices included: the largest
 * |difference| / (1 + |expected|), infinite where one of the two is NaN or infinite and the other is not.
 */
export async function distance(device: Device, call: Call, spoiling?: Spoiling): Promise<number> {
  const { numbers: found } = await after(device, call, spoiling);
  const { numbers: expected } = await after(createLoopsDevice(), call, spoiling);
  let largest = 0;
  for (const [k, values] of expected.entries()) {
    for (const [i, value] of values.entries()) {
      const actual = found[k]?.[i] as number;
      if (Object.is(actual, value)) continue;
      const error = Math.abs(actual - value) / (1 + Math.abs(value));
      largest = Number.isFinite(error) ? Math.max(largest, error) : Infinity;
    }
  }
  return largest;
}

/** The largest `distance` of a call with `value` in each of its matrices by turns. */
export async function distanceSpoiled(device: Device, call: Call, value: number): Promise<number> {
  const { spoilable } = await after(createLoopsDevice(), call);
  const distances: number[] = [];
  for (let index = 0; index < spoilable; index++) distances.push(await distance(device, call, { index, value }));
  return Math.max(...distances);
}

/** Numbers before a matrix. */
const BEFORE = 3;

/** What is in all matrices of a call after it, and how many of them are of normal numbers. */
async function after(
  device: Device,
  call: Call,
  spoiling?: Spoiling,
): Promise<{ numbers: Float32Array[]; spoilable: number }> {
  device.release();
  const blocks: Matrix[] = [];
  let spoilable = 0;
  call(device.kernels, {
    normals(rows, columns, deviation = 1) {
      const values = normals(fold(keyOf(1), blocks.length), rows * columns).map((value) => value * deviation);
      if (spoilable++ === spoiling?.index) values[values.length - 1] = spoiling.value;
      return laid(rows, columns, (r, c) => values[r * columns + c] as number);
    },
    rows: (values) => laid(values.length, values[0]?.length ?? 0, (r, c) => values[r]?.[c] as number),
  });
  const numbers: Float32Array[] = [];
  for (const block of blocks) numbers.push(await device.read(block));
  return { numbers, spoilable };

  function laid(rows: number, columns: number, value: (r: number, c: number) => number): Matrix {
    const stride = columns + BEFORE + 2;
    const block = device.scratch(1, BEFORE + rows * stride);
    const values = new Float32Array(block.columns).fill(Number.NaN);
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) values[BEFORE + r * stride + c] = value(r, c);
    }
    device.write(block, values);
    blocks.push(block);
    return { address: block.address + BEFORE, rows, columns, stride };
  }
}
