import type { Matrix } from '../fused/matrix.ts';
import { BUFFER_USAGE } from './constants.ts';
import type { Gpu } from './gpu.ts';
import { ARGUMENT_BYTES, argumentBytes, type Call, callsAtOnce, type Kernel, packCalls } from './kernel.ts';
import type { Memory } from './memory.ts';

/**
 * Recorded dispatches are handed over when there are this many: the GPU works while the rest is recorded, and no piece of work is
 * long enough to be taken for a hang.
 */
const DISPATCHES_AT_ONCE = 256;

/** Records calls of a kernel: one dispatch of `groups` workgroups in x and y, and a layer in z for each call. */
export type Run = <Present extends string, Optional extends string, Scalar extends string>(
  kernel: Kernel<Present, Optional, Scalar>,
  calls: readonly Call<Present, Optional, Scalar>[],
  groups: readonly [x: number, y: number],
) => void;

export interface Recorder {
  readonly run: Run;
  /** Hands over what was recorded, in order. */
  flush(): void;
  /** Whether what was recorded and not handed over reads or writes some of these numbers. */
  touches(from: number, count: number): boolean;
  /** Dispatches recorded since the start. */
  dispatches(): number;
  free(): void;
}

interface Dispatch {
  readonly pipeline: GPUComputePipeline;
  /** Where its arguments begin, bytes. */
  readonly offset: number;
  readonly groups: readonly [number, number, number];
}

/** Gathers dispatches over one memory; WebGPU lets each see what those before it wrote. */
export function createRecorder({ device, bindings, pipeline }: Gpu, memory: Memory): Recorder {
  const size = (DISPATCHES_AT_ONCE + 1) * ARGUMENT_BYTES;
  const usage = BUFFER_USAGE.UNIFORM | BUFFER_USAGE.COPY_DST;
  const argumentsBuffer = device.createBuffer({ label: 'arguments', size, usage });
  const words = new Uint32Array(size / 4);
  const floats = new Float32Array(words.buffer);
  const touched: [from: number, to: number][] = [];
  let recorded: Dispatch[] = [];
  let used = 0;
  let count = 0;
  let bound: { readonly buffer: GPUBuffer; readonly group: GPUBindGroup } | undefined;

  const run: Run = (kernel, calls, [x, y]) => {
    if (x === 0 || y === 0) return;
    const most = callsAtOnce(kernel);
    for (let from = 0; from < calls.length; from += most) {
      const some = calls.slice(from, from + most);
      packCalls(kernel, some, { words, floats, at: used / 4 });
      for (const call of some) touch(kernel, call);
      recorded.push({ pipeline: pipeline(kernel), offset: used, groups: [x, y, some.length] });
      used += argumentBytes(kernel, some.length);
      count += 1;
      if (recorded.length === DISPATCHES_AT_ONCE) flush();
    }
  };

  return {
    run,
    flush,
    touches: (from, length) => touched.some(([start, end]) => start < from + length && from < end),
    dispatches: () => count,
    free: () => argumentsBuffer.destroy(),
  };

  function touch(kernel: Kernel, call: Readonly<Record<string, Matrix | number | undefined>>): void {
    for (const name of [...kernel.matrices, ...(kernel.optional ?? [])]) {
      const matrix = call[name] as Matrix | undefined;
      if (!matrix || matrix.rows === 0) continue;
      const { address, stride, rows, columns } = matrix;
      touched.push([address, address + (rows - 1) * stride + columns]);
    }
  }

  function flush(): void {
    if (recorded.length === 0) return;
    const group = bindGroup();
    device.queue.writeBuffer(argumentsBuffer, 0, words, 0, used / 4);
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    for (const dispatch of recorded) {
      pass.setPipeline(dispatch.pipeline);
      pass.setBindGroup(0, group, [dispatch.offset]);
      pass.dispatchWorkgroups(...dispatch.groups);
    }
    pass.end();
    device.queue.submit([encoder.finish()]);
    recorded = [];
    touched.length = 0;
    used = 0;
  }

  function bindGroup(): GPUBindGroup {
    const buffer = memory.buffer();
    if (bound?.buffer !== buffer) {
      const entries = [
        { binding: 0, resource: { buffer } },
        { binding: 1, resource: { buffer: argumentsBuffer, size: ARGUMENT_BYTES } },
      ];
      bound = { buffer, group: device.createBindGroup({ layout: bindings, entries }) };
    }
    return bound.group;
  }
}
