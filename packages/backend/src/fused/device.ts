import type { Kernels } from './kernels.ts';
import type { Matrix } from './matrix.ts';

/** Memory for numbers of half precision: they take half the room, and half as much is read. */
export interface Halves {
  /** Whether all these numbers can be held with no bit lost. */
  canHold(values: Float32Array): boolean;
  /**
   * Room that stays until `free`, to be written before it is read: by `multiply` and `lstm` as weights, by `copyRows` as what is
   * copied, in float32 arithmetic; by nothing else.
   */
  keep(rows: number, columns: number): Matrix;
  /** Frees all of it. */
  free(): void;
}

/**
 * What a fused engine computes on: memory of its own, and kernels that read and write it.
 *
 * Kernels take effect in the order in which they are called; a device may gather them and run them when something is read.
 */
export interface Device {
  /** For people: `wasm`, `webgpu (NVIDIA ...)`. */
  readonly name: string;
  readonly kernels: Kernels;
  /** Steps of sampling between two looks at which sketches have ended: 1 where looking costs nothing. */
  readonly stepsBetweenReads: number;
  /** Where half precision saves something. */
  readonly halves?: Halves;
  /** Room that stays until the device is disposed, zeros at first; asked for before any scratch. */
  keep(rows: number, columns: number): Matrix;
  /** Room that stays until `release`; what it holds at first is not defined. */
  scratch(rows: number, columns: number): Matrix;
  /** Frees all scratch. */
  release(): void;
  /** @param matrix of one piece: its stride is its number of columns */
  write(matrix: Matrix, values: ArrayLike<number>): void;
  /** A copy, after everything that was called before. */
  read(matrix: Matrix): Promise<Float32Array>;
  dispose(): void;
}
