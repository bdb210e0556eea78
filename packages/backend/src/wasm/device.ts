import { Arena } from '../fused/arena.ts';
import { EngineError } from '../error.ts';
import type { Device } from '../fused/device.ts';
import { openKernels, PAGE } from './kernel-module.ts';
import { wasmKernels } from './kernels.ts';
import { openMemory } from './memory.ts';
import { webAssembly } from './web-assembly.ts';

/** A device of WebAssembly with SIMD, on the thread that calls it; its memory is freed when nothing holds it any more. */
export async function createWasmDevice(): Promise<Device> {
  if (!webAssembly)
    throw new EngineError('wasm: expected WebAssembly, got none - use a browser or a Node.js that has it');
  const memory = openMemory(webAssembly);
  // Addresses count numbers; the first page is the kernels' own.
  const arena = new Arena((size) => memory.grow(size), PAGE / 4);
  const functions = await openKernels(webAssembly, memory.memory);
  const kernels = wasmKernels({ functions, memory, scratch: (size) => arena.scratch(1, size).address });
  return {
    name: 'wasm',
    kernels: kernels.table,
    stepsBetweenReads: 1,
    keep: (rows, columns) => arena.keep(rows, columns),
    scratch: (rows, columns) => arena.scratch(rows, columns),
    release() {
      arena.release();
      kernels.release();
    },
    write: ({ address }, values) => memory.numbers.set(values, address),
    read: async ({ address, rows, columns }) => memory.numbers.slice(address, address + rows * columns),
    dispose() {},
  };
}
