import { EngineError } from '../error.ts';
import { BUFFER_USAGE } from './constants.ts';

const BYTES = Float32Array.BYTES_PER_ELEMENT;

/** All numbers of one kind of a device in one storage buffer, words of 32 bits. */
export interface Memory {
  /** The buffer with room for all that was asked for; another one whenever it had to grow. */
  buffer(): GPUBuffer;
  /**
   * Makes room for this many numbers, those that are there kept.
   *
   * @throws EngineError where the adapter has no buffer of that size
   */
  grow(size: number): void;
  /** Before all that is submitted after it. */
  write(address: number, values: Float32Array | Uint32Array): void;
  /** A copy of some numbers in a buffer that can be mapped, after all that was submitted; the caller destroys it. */
  staged(address: number, count: number): GPUBuffer;
  /** Empty again. */
  free(): void;
}

/** Memory that begins empty; the label is its buffer's. */
export function createMemory(gpu: GPUDevice, label: string): Memory {
  const { maxStorageBufferBindingSize, maxBufferSize } = gpu.limits;
  // WGSL's addresses have 32 bits, and a buffer holds whole numbers.
  const most = Math.floor(Math.min(maxStorageBufferBindingSize, maxBufferSize, BYTES * 2 ** 32) / BYTES) * BYTES;
  const usage = BUFFER_USAGE.STORAGE | BUFFER_USAGE.COPY_SRC | BUFFER_USAGE.COPY_DST;
  let wanted = 1;
  let current: GPUBuffer | undefined;

  return {
    buffer,
    grow(size) {
      if (size * BYTES > most) {
        const [limit, got] = [most, size * BYTES].map((bytes) => Math.ceil(bytes / 2 ** 20));
        throw new EngineError(
          `webgpu: expected at most ${limit} MiB, which is the adapter's largest buffer, got ${got} MiB - use a smaller batchSize`,
        );
      }
      wanted = Math.max(wanted, size);
    },
    write: (address, values) => gpu.queue.writeBuffer(buffer(), address * BYTES, values),
    staged(address, count) {
      const from = buffer();
      const mappable = BUFFER_USAGE.MAP_READ | BUFFER_USAGE.COPY_DST;
      const staging = gpu.createBuffer({ label: 'staging', size: count * BYTES, usage: mappable });
      copy({ from, address, to: staging, count });
      return staging;
    },
    free() {
      current?.destroy();
      current = undefined;
      wanted = 1;
    },
  };

  /** Grown when it is used, once for many calls of `grow`. */
  function buffer(): GPUBuffer {
    const held = current ? current.size / BYTES : 0;
    if (current && held >= wanted) return current;
    // Half as much again, so that batches that grow little by little cost few copies.
    const size = Math.min(Math.max(BYTES * wanted, Math.ceil(held * 1.5) * BYTES), most);
    const larger = gpu.createBuffer({ label, size, usage });
    if (current) {
      copy({ from: current, address: 0, to: larger, count: held });
      // Not before the copy is done: the queue sees to that.
      current.destroy();
    }
    current = larger;
    return current;
  }

  function copy({ from, address, to, count }: { from: GPUBuffer; address: number; to: GPUBuffer; count: number }) {
    const encoder = gpu.createCommandEncoder();
    encoder.copyBufferToBuffer(from, address * BYTES, to, 0, count * BYTES);
    gpu.queue.submit([encoder.finish()]);
  }
}
