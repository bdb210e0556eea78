import type { Matrix } from '../fused/matrix.ts';
import type { Kernel } from './kernel.ts';

/** What calls write, and what they read alone. */
export interface Reach {
  readonly writes: readonly Matrix[];
  readonly reads: readonly Matrix[];
}

/** The reach of one call: its matrices that are there. Halves are written by no kernel, and have addresses of their own. */
export function reachOf(kernel: Kernel, call: Readonly<Record<string, Matrix | number | undefined>>): Reach {
  const there = [...kernel.matrices, ...(kernel.optional ?? [])].filter((name) => {
    const matrix = call[name] as Matrix | undefined;
    return matrix?.rows && !matrix.half;
  });
  const pick = (written: boolean): Matrix[] =>
    there.filter((name) => kernel.writes.includes(name) === written).map((name) => call[name] as Matrix);
  return { writes: pick(true), reads: pick(false) };
}

/** The reach of several calls. */
export function joined(reaches: readonly Reach[]): Reach {
  return { writes: reaches.flatMap(({ writes }) => writes), reads: reaches.flatMap(({ reads }) => reads) };
}

/** Whether the order of two matters: one of them writes what the other one reads or writes. */
export function conflict(a: Reach, b: Reach): boolean {
  const meet = (some: readonly Matrix[], others: readonly Matrix[]): boolean =>
    some.some((matrix) => others.some((other) => overlap(matrix, other)));
  return meet(a.writes, b.writes) || meet(a.writes, b.reads) || meet(a.reads, b.writes);
}

/** Whether two matrices may share numbers; two that have their columns side by side in the same rows do not. */
export function overlap(a: Matrix, b: Matrix): boolean {
  if (!(a.address < endOf(b) && b.address < endOf(a))) return false;
  const { stride } = a;
  if (stride !== b.stride || stride === 0) return true;
  const apart = (((b.address - a.address) % stride) + stride) % stride;
  return apart < a.columns || apart + b.columns > stride;
}

/** The first address after a matrix. */
export function endOf({ address, stride, rows, columns }: Matrix): number {
  return address + (rows - 1) * stride + columns;
}
