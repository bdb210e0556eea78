import type { Matrix } from './matrix.ts';
import { ALIGNMENT } from './program/weights.ts';

/** Addresses of a device's memory, handed out from below: what is kept first, scratch above it. */
export class Arena {
  readonly #grow: (size: number) => void;
  #kept: number;
  #used: number;

  /**
   * @param grow makes sure that there are this many numbers, what is in them kept
   * @param from the first address
   */
  constructor(grow: (size: number) => void, from = 0) {
    this.#grow = grow;
    this.#kept = from;
    this.#used = from;
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
