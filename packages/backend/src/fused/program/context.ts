import type { ModelConfig } from '@sketch-rnn/core';
import type { Device } from '../device.ts';
import { type Factor, type Matrix, rowsOf } from '../matrix.ts';
import type { ParameterMemory } from './weights.ts';

/** What every part of the program works with. */
export interface Context {
  readonly device: Device;
  readonly config: ModelConfig;
  weight(name: string): Matrix;
  /** Where the gradient of a weight is summed up. */
  gradient(name: string): Matrix;
  /** The weights as a right-hand factor, made ready once a batch. */
  factor(name: string, options?: FactorOptions): Factor;
  /** Values uploaded as a matrix of this many columns. */
  readonly upload: (values: Float32Array | Int32Array, columns: number) => Matrix;
}

interface FactorOptions {
  readonly transpose?: boolean;
  /** Some of the rows alone. */
  readonly rows?: readonly [from: number, count: number];
}

/** A context for one batch: its factors die with the batch's scratch. */
export function contextOf(device: Device, { config, weight, gradient }: ParameterMemory): Context {
  const factors = new Map<string, Factor>();
  return {
    device,
    config,
    weight,
    gradient,
    factor(name, { transpose = false, rows } = {}) {
      const key = `${name} ${transpose} ${rows?.join(' ') ?? ''}`;
      const known = factors.get(key);
      if (known) return known;
      const whole = weight(name);
      const [from, count] = rows ?? [0, whole.rows];
      const made = device.kernels.prepare(rowsOf(whole, from, count), transpose);
      factors.set(key, made);
      return made;
    },
    upload(values, columns) {
      const matrix = device.scratch(values.length / columns, columns);
      device.write(matrix, values);
      return matrix;
    },
  };
}
