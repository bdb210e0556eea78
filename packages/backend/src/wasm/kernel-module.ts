import { KERNELS } from './kernels.generated.ts';
import { webAssembly } from './web-assembly.ts';

/** The functions of `assembly/*.ts`. Addresses are in bytes, 0 is none; strides are in numbers. */
export type KernelFunctions = Readonly<Record<KernelName, (...values: (number | boolean)[]) => number>>;

type KernelName =
  | 'accumulate'
  | 'accumulateSize'
  | 'adam'
  | 'addRows'
  | 'copyRows'
  | 'exp4'
  | 'fill'
  | 'finite'
  | 'latent'
  | 'latentBackward'
  | 'log4'
  | 'lstm'
  | 'lstmBackward'
  | 'mixture'
  | 'mixtureSize'
  | 'modulate'
  | 'modulateBackward'
  | 'multiply'
  | 'multiplySize'
  | 'norm'
  | 'normBackward'
  | 'pack'
  | 'packedSize'
  | 'scale'
  | 'sigmoid4'
  | 'sumRows'
  | 'tanh'
  | 'tanh4'
  | 'tanhBackward';

/** Bytes of the first page, which the kernels have to themselves. */
export const PAGE = 65_536;

/** A module of one function that uses SIMD: (module (func (drop (v128.const i32x4 0 0 0 0)))). */
const SIMD_PROBE = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 23, 1, 21, 0, 253, 12].concat(
  Array<number>(16).fill(0),
  [26, 11],
);

/** Whether WebAssembly is here, and has SIMD. */
export function hasSimd(): boolean {
  return webAssembly?.validate(Uint8Array.from(SIMD_PROBE)) ?? false;
}

let compiled: Promise<object> | undefined;

/** The kernels over a memory; compiled once for all memories. */
export async function openKernels(api: NonNullable<typeof webAssembly>, memory: object): Promise<KernelFunctions> {
  compiled ??= api.compile(bytesOf(KERNELS));
  const { exports } = await api.instantiate(await compiled, { env: { memory } });
  return exports as KernelFunctions;
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
