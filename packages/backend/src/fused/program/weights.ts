import { type ModelConfig, ModelError, type Parameters, parameterSpecs } from '@sketch-rnn/core';
import type { Device } from '../device.ts';
import type { Matrix } from '../matrix.ts';

/** Where each parameter stands in one piece of numbers; a vector is a matrix of one row. */
export interface Layout {
  readonly size: number;
  readonly places: Readonly<Record<string, Place>>;
}

interface Place {
  readonly from: number;
  readonly rows: number;
  readonly columns: number;
}

/** Parameters begin at multiples of this many numbers: 16 bytes, a SIMD register. */
export const ALIGNMENT = 4;

/** The layout of a model's parameters: in the order of `parameterSpecs`, gaps up to the alignment. */
export function layoutOf(config: ModelConfig): Layout {
  const places: Record<string, Place> = {};
  let size = 0;
  for (const [name, { shape }] of Object.entries(parameterSpecs(config))) {
    const [rows, columns] = (shape.length === 2 ? shape : [1, ...shape]) as [number, number];
    places[name] = { from: size, rows, columns };
    size += ALIGNMENT * Math.ceil((rows * columns) / ALIGNMENT);
  }
  return { size, places };
}

/** Values named as the parameters in one piece, zeros in the gaps. */
export function flatten({ size, places }: Layout, values: Parameters): Float32Array {
  const flat = new Float32Array(size);
  for (const [name, { from, rows, columns }] of Object.entries(places)) {
    const given = values[name];
    if (given?.length !== rows * columns) {
      throw new ModelError(
        `weights.${name}: expected ${rows * columns} numbers, got ${given?.length ?? 'none'} - do the weights belong to this config?`,
      );
    }
    flat.set(given, from);
  }
  return flat;
}

/** Copies of the parameters in one piece, by name. */
export function unflatten({ places }: Layout, flat: Float32Array): Parameters {
  const entries = Object.entries(places).map(([name, { from, rows, columns }]): [string, Float32Array] => [
    name,
    Float32Array.from(flat.subarray(from, from + rows * columns)),
  ]);
  return Object.fromEntries(entries);
}

/** Where the parameters of a model stand in a device's memory. */
export interface ParameterMemory {
  readonly config: ModelConfig;
  readonly layout: Layout;
  readonly weight: (name: string) => Matrix;
  /** Where the gradient of a weight is summed up. */
  readonly gradient: (name: string) => Matrix;
}

/** A model in a device's memory: four pieces `[1, size]` of the same layout. */
export interface ModelMemory extends ParameterMemory {
  readonly weights: Matrix;
  readonly gradients: Matrix;
  /** Adam's moments. */
  readonly first: Matrix;
  readonly second: Matrix;
}

/** Room for a model. */
export function keepModel(device: Device, config: ModelConfig): ModelMemory {
  const layout = layoutOf(config);
  const keep = (): Matrix => device.keep(1, layout.size);
  const [weights, gradients] = [keep(), keep()];
  return {
    config,
    layout,
    weights,
    gradients,
    first: keep(),
    second: keep(),
    weight: (name) => parameterIn(layout, weights, name),
    gradient: (name) => parameterIn(layout, gradients, name),
  };
}

/** One parameter in a piece. */
export function parameterIn({ places }: Layout, piece: Matrix, name: string): Matrix {
  const { from, rows, columns } = places[name] ?? absent(name);
  return { address: piece.address + from, rows, columns, stride: columns };
}

/** @throws ModelError: a model has no parameter of this name */
export function absent(name: string): never {
  throw new ModelError(`weights.${name}: expected a matrix, got none - does the config fit the weights?`);
}
