import { EngineError } from '../error.ts';
import { Arena } from '../fused/arena.ts';
import type { Device } from '../fused/device.ts';
import { MAP_MODE_READ } from './constants.ts';
import type { Gpu } from './gpu.ts';
import { areHalves, packHalves } from './halves.ts';
import { draw } from './kernels/draw.ts';
import { elementwise } from './kernels/elementwise.ts';
import { gates } from './kernels/gates.ts';
import { latentKernels } from './kernels/latent.ts';
import { mixture } from './kernels/mixture.ts';
import { norm } from './kernels/norm.ts';
import { optimiser } from './kernels/optimiser.ts';
import { products } from './kernels/products.ts';
import { rowKernels } from './kernels/rows.ts';
import { createMemory } from './memory.ts';
import { createRecorder, type Run } from './recorder.ts';

export interface WebgpuDevice extends Device {
  /** Dispatches since the start. */
  dispatches(): number;
}

/** Steps of sampling between two looks: a look waits for the GPU, a step too many costs little. */
const STEPS_BETWEEN_READS = 32;

/**
 * A device on WebGPU: kernels in WGSL over one storage buffer, and one of halves, which `dispose` frees.
 *
 * Kernels are recorded, and handed to the GPU when there are many or when something is read. What the GPU finds fault with is thrown
 * by the next `read`, and from then on, as after its loss, by every call.
 */
export function createWebgpuDevice(gpu: Gpu): WebgpuDevice {
  const memory = createMemory(gpu.device, 'memory');
  const halves = createMemory(gpu.device, 'halves');
  const arena = new Arena((size) => memory.grow(size));
  const halvesArena = new Arena((size) => halves.grow(size / 2));
  const recorder = createRecorder(gpu, { memory, halves });
  let disposed = false;
  const check = (): void => {
    gpu.check();
    if (disposed) throw new EngineError('webgpu: expected a device in use, got one that was disposed - create another');
  };
  const run: Run = (...call) => {
    check();
    recorder.run(...call);
  };
  return {
    name: `webgpu (${gpu.name})`,
    kernels: {
      ...products(run),
      ...elementwise(run),
      ...rowKernels(run),
      ...gates(run),
      ...norm(run),
      ...latentKernels(run),
      ...mixture(run),
      ...draw(run),
      ...optimiser(run),
    },
    stepsBetweenReads: STEPS_BETWEEN_READS,
    halves: {
      canHold: areHalves,
      keep(rows, columns) {
        check();
        return { ...halvesArena.scratch(rows, columns), half: true };
      },
      free() {
        check();
        // What was recorded may read them.
        recorder.flush();
        halvesArena.release();
        halves.free();
      },
    },
    keep(rows, columns) {
      check();
      return arena.keep(rows, columns);
    },
    scratch(rows, columns) {
      check();
      return arena.scratch(rows, columns);
    },
    release: () => arena.release(),
    write({ address, half }, values) {
      check();
      const numbers = values instanceof Float32Array ? values : Float32Array.from(values);
      // A write goes ahead of what is only recorded: what reads or writes the same numbers has to go before.
      if (half || recorder.touches(address, values.length)) recorder.flush();
      if (half) halves.write(address / 2, packHalves(numbers));
      else memory.write(address, numbers);
    },
    async read({ address, rows, columns }) {
      check();
      recorder.flush();
      const staging = memory.staged(address, rows * columns);
      const mapped = staging.mapAsync(MAP_MODE_READ).then(
        () => undefined,
        (cause: unknown) => new EngineError('webgpu: expected numbers, got none - start again', { cause }),
      );
      await gpu.settle();
      const failure = await mapped;
      check();
      if (failure) throw failure;
      const values = new Float32Array(staging.getMappedRange().slice(0));
      staging.destroy();
      return values;
    },
    dispose() {
      disposed = true;
      memory.free();
      halves.free();
      recorder.free();
    },
    dispatches: () => recorder.dispatches(),
  };
}
