import { Arena } from '../arena.ts';
import type { Device } from '../device.ts';
import type { Kernels } from '../kernels.ts';
import type { Matrix } from '../matrix.ts';
import { elementwise } from './elementwise.ts';
import { gates } from './gates.ts';
import { latentKernels } from './latent.ts';
import { memoryOf } from './memory.ts';
import { mixtureKernels } from './mixture.ts';
import { norm } from './norm.ts';
import { optimiser } from './optimiser.ts';
import { products } from './products.ts';

/**
 * A device in plain loops: what the others' kernels are held against, and what computes where WebAssembly has no SIMD.
 *
 * Sums are carried in float64 and rounded once.
 */
export function createLoopsDevice(): Device {
  const memory = memoryOf();
  const arena = new Arena((size) => memory.grow(size));
  const kernels: Kernels = {
    ...products(memory),
    ...elementwise(memory),
    ...gates(memory),
    ...norm(memory),
    ...latentKernels(memory),
    ...mixtureKernels(memory),
    ...optimiser(memory),
  };
  return {
    name: 'loops',
    kernels,
    stepsBetweenReads: 1,
    keep: (rows, columns) => arena.keep(rows, columns),
    scratch: (rows, columns) => arena.scratch(rows, columns),
    release: () => arena.release(),
    write: ({ address }: Matrix, values) => memory.values.set(values, address),
    read: async ({ address, rows, columns }) => memory.values.slice(address, address + rows * columns),
    dispose: () => memory.free(),
  };
}
