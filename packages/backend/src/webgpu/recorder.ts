import { BUFFER_USAGE } from './constants.ts';
import type { Gpu } from './gpu.ts';
import { ARGUMENT_BYTES, argumentBytes, type Call, callsAtOnce, type Kernel, packCalls } from './kernel.ts';
import type { Memory } from './memory.ts';
import { conflict, endOf, joined, type Reach, reachOf } from './reach.ts';

/**
 * Recorded dispatches are handed over when there are this many: the GPU works while the rest is recorded, and no piece of work is
 * long enough to be taken for a hang.
 */
const DISPATCHES_AT_ONCE = 256;

/**
 * How many dispatches back one of the same kernel is looked for that a call can join: what does not depend on each other stands
 * near each other, such as both directions of an encoder, and each dispatch costs the GPU a pause.
 */
const LOOK_BACK = 24;

/**
 * Records calls of a kernel that do not depend on each other: `groups` workgroups in x and y for each of them. Calls one after the
 * other see what those before them wrote; those that need not, share dispatches.
 */
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
  readonly kernel: Kernel;
  readonly calls: Parameters<typeof packCalls>[1];
  readonly groups: readonly [x: number, y: number];
  readonly reach: Reach;
}

/** Gathers dispatches over one memory; WebGPU lets each see what those before it wrote. Halves are read alone. */
export function createRecorder(
  { device, bindings, pipeline }: Gpu,
  { memory, halves }: Readonly<Record<'memory' | 'halves', Memory>>,
): Recorder {
  const size = (DISPATCHES_AT_ONCE + 1) * ARGUMENT_BYTES;
  const usage = BUFFER_USAGE.UNIFORM | BUFFER_USAGE.COPY_DST;
  const argumentsBuffer = device.createBuffer({ label: 'arguments', size, usage });
  const words = new Uint32Array(size / 4);
  const floats = new Float32Array(words.buffer);
  let recorded: Dispatch[] = [];
  let flushed = 0;
  let bound: { readonly numbers: GPUBuffer; readonly packed: GPUBuffer; readonly group: GPUBindGroup } | undefined;

  const run: Run = (kernel, calls, groups) => {
    if (groups[0] === 0 || groups[1] === 0) return;
    // Compiled now: a shader that does not compile is found by the next read, whatever is done in between.
    pipeline(kernel);
    const most = callsAtOnce(kernel);
    for (let from = 0; from < calls.length; from += most) {
      const some = calls.slice(from, from + most);
      const reach = joined(some.map((call) => reachOf(kernel, call)));
      record({ kernel, calls: some, groups, reach }, most);
    }
  };

  return {
    run,
    flush,
    touches: (from, count) =>
      recorded.some(({ reach: { writes, reads } }) =>
        [writes, reads].some((some) => some.some((matrix) => matrix.address < from + count && from < endOf(matrix))),
      ),
    dispatches: () => flushed + recorded.length,
    free: () => argumentsBuffer.destroy(),
  };

  /** Into an earlier dispatch of the kernel where nothing from there on is in the way, else as one of its own. */
  function record(given: Dispatch, most: number): void {
    for (let k = recorded.length - 1; k >= Math.max(0, recorded.length - LOOK_BACK); k--) {
      const { kernel, calls, groups, reach } = recorded[k] as Dispatch;
      if (conflict(given.reach, reach)) break;
      if (kernel !== given.kernel || calls.length + given.calls.length > most) continue;
      recorded[k] = {
        kernel,
        calls: [...calls, ...given.calls],
        groups: [Math.max(groups[0], given.groups[0]), Math.max(groups[1], given.groups[1])],
        reach: joined([reach, given.reach]),
      };
      return;
    }
    if (recorded.length === DISPATCHES_AT_ONCE) flush();
    recorded.push(given);
  }

  function flush(): void {
    if (recorded.length === 0) return;
    const group = bindGroup();
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    let used = 0;
    for (const { kernel, calls, groups } of recorded) {
      packCalls(kernel, calls, { words, floats, at: used / 4 });
      pass.setPipeline(pipeline(kernel));
      pass.setBindGroup(0, group, [used]);
      pass.dispatchWorkgroups(...groups, calls.length);
      used += argumentBytes(kernel, calls.length);
    }
    pass.end();
    // Before the work that reads them, which is handed over after.
    device.queue.writeBuffer(argumentsBuffer, 0, words, 0, used / 4);
    device.queue.submit([encoder.finish()]);
    flushed += recorded.length;
    recorded = [];
  }

  function bindGroup(): GPUBindGroup {
    const [numbers, packed] = [memory.buffer(), halves.buffer()];
    if (bound?.numbers !== numbers || bound.packed !== packed) {
      const entries = [
        { binding: 0, resource: { buffer: numbers } },
        { binding: 1, resource: { buffer: argumentsBuffer, size: ARGUMENT_BYTES } },
        { binding: 2, resource: { buffer: packed } },
      ];
      bound = { numbers, packed, group: device.createBindGroup({ layout: bindings, entries }) };
    }
    return bound.group;
  }
}
