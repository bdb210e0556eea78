import { EngineError } from '../error.ts';
import { PAGE } from './kernel-module.ts';
import type { webAssembly, WebAssemblyMemory } from './web-assembly.ts';

/** The most that 32-bit addresses reach. */
const MOST_PAGES = 65_536;

/** A memory that grows, and a view of its numbers. */
export interface WasmMemory {
  readonly memory: WebAssemblyMemory;
  /** Made anew when the memory has grown: not to be kept. */
  readonly numbers: Float32Array;
  /** @throws EngineError where there is no more */
  grow(size: number): void;
}

export function openMemory({ Memory }: NonNullable<typeof webAssembly>): WasmMemory {
  const memory = new Memory({ initial: 1, maximum: MOST_PAGES });
  let numbers = new Float32Array(memory.buffer);
  return {
    memory,
    get numbers() {
      return numbers;
    },
    grow(size) {
      const missing = Math.ceil((4 * size - memory.buffer.byteLength) / PAGE);
      if (missing <= 0) return;
      const has = memory.buffer.byteLength / PAGE;
      // A quarter more than asked for, where there is as much: a training grows a few times, not at every longer batch.
      const wanted = Math.max(missing, Math.min(Math.ceil(has / 4), MOST_PAGES - has));
      for (const pages of [wanted, missing]) {
        try {
          memory.grow(pages);
          numbers = new Float32Array(memory.buffer);
          return;
        } catch (error) {
          if (!(error instanceof RangeError)) throw error;
        }
      }
      throw new EngineError(
        `wasm: expected ${Math.ceil((4 * size) / 2 ** 20)} MiB of memory, got no more than ${Math.floor((has * PAGE) / 2 ** 20)} - use a smaller batchSize or maxLength`,
      );
    },
  };
}
