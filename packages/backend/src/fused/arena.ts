import type { Matrix } from './matrix.ts';

/** Every matrix begins at a multiple of this many numbers: 16 bytes, a SIMD register. */
const ALIGNMENT = 4;

/** Addresses of a device's memory, handed out from below: what is kept first, scratch above it. */
export class Arena {
  readonly #grow: (size: number) => void;
  #kept = 0;
  #used = 0;

  /** @param grow makes sure that this many numbers have room, those that are there kept */
  constructor(grow: (size: number) => void) {
    this.#grow = grow;
  }

  keep(rows: number, columns: number): Matrix {
    if (this.#used !== this.#kept) throw new Error('Arena.keep: expected no scratch, got some - keep first');
    const matrix = this.scratch(rows, columns);
    this.#kept = this.#used;
    return matrix;
  }

  scratch(rows: number, columns: number): Matrix {
    const address = this.#used;
    this.#used = address + Math.ceil((rows * columns) / ALIGNMENT) * ALIGNMENT;
    this.#grow(this.#used);
    return { address, rows, columns, stride: columns };
  }

  release(): void {
    this.#used = this.#kept;
  }
}
