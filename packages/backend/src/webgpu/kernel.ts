import type { Matrix } from '../fused/matrix.ts';
import { halfAt } from './halves.ts';

/** Bytes of arguments that a dispatch can read. */
export const ARGUMENT_BYTES = 1024;

/** Arguments of a dispatch begin at a multiple of this many bytes (WebGPU's `minUniformBufferOffsetAlignment`). */
const ALIGNMENT_BYTES = 256;

/** A compute shader and the names of its arguments: matrices, matrices that may be absent, numbers. */
export interface Kernel<
  Present extends string = string,
  Optional extends string = string,
  Scalar extends string = string,
> {
  readonly label: string;
  readonly matrices: readonly Present[];
  /** Those that it writes; all others it reads alone. */
  readonly writes: readonly NoInfer<Present>[];
  readonly optional?: readonly Optional[];
  readonly numbers?: readonly Scalar[];
  /**
   * WGSL after `shader`'s head, entry point `main`: `memory` is the device's, `calls[workgroup_id.z]` the arguments by name: a
   * dispatch does several calls, and has as many workgroups for each as the largest needs. An absent matrix has no rows.
   */
  readonly code: string;
}

/** Arguments of one call of a kernel. */
export type Call<Present extends string, Optional extends string, Scalar extends string> = {
  readonly [name in Present]: Matrix;
} & { readonly [name in Optional]?: Matrix | undefined } & { readonly [name in Scalar]: number };

/** A kernel, its names kept as types. */
export function kernel<
  const Present extends string,
  const Optional extends string = never,
  const Scalar extends string = never,
>(definition: Kernel<Present, Optional, Scalar>): Kernel<Present, Optional, Scalar> {
  return definition;
}

/** Words (32 bits) of one call: four a matrix, then the numbers, up to a whole 16 bytes as WGSL has it. */
function wordsOf({ matrices, optional = [], numbers = [] }: Kernel): number {
  return 4 * (matrices.length + optional.length + Math.ceil(numbers.length / 4));
}

/** How many calls one dispatch can do. */
export function callsAtOnce(of: Kernel): number {
  return Math.floor(ARGUMENT_BYTES / 4 / wordsOf(of));
}

/** Bytes from the start of some calls' arguments to where the next dispatch's may start. */
export function argumentBytes(of: Kernel, calls: number): number {
  return ALIGNMENT_BYTES * Math.ceil((4 * calls * wordsOf(of)) / ALIGNMENT_BYTES);
}

/** Writes the arguments of calls one after the other. */
export function packCalls(
  of: Kernel,
  calls: readonly Readonly<Record<string, Matrix | number | undefined>>[],
  to: { words: Uint32Array; floats: Float32Array; at: number },
): void {
  const size = wordsOf(of);
  for (const [k, call] of calls.entries()) {
    let at = to.at + k * size;
    for (const name of [...of.matrices, ...(of.optional ?? [])]) {
      const { address, stride, rows, columns } = (call[name] as Matrix | undefined) ?? ABSENT;
      to.words.set([address, stride, rows, columns], at);
      at += 4;
    }
    to.floats.set(
      (of.numbers ?? []).map((name) => call[name] as number),
      at,
    );
  }
}

const ABSENT: Matrix = { address: 0, stride: 0, rows: 0, columns: 0 };

/** The whole shader of a kernel. */
export function shader(of: Kernel): string {
  const matrices = [...of.matrices, ...(of.optional ?? [])].map((name) => `@align(16) ${name}: Matrix,`);
  const numbers = (of.numbers ?? []).map((name) => `${name}: f32,`);
  return /* wgsl */ `
struct Matrix { address: u32, stride: u32, rows: u32, columns: u32 }
struct Call { ${[...matrices, ...numbers].join(' ')} }
@group(0) @binding(0) var<storage, read_write> memory: array<f32>;
@group(0) @binding(1) var<uniform> calls: array<Call, ${callsAtOnce(of)}>;
@group(0) @binding(2) var<storage, read> halves: array<u32>;
${halfAt}
fn at(m: Matrix, r: u32, c: u32) -> u32 { return m.address + r * m.stride + c; }
${of.code}`;
}
