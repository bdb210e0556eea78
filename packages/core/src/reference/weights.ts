import { dispose, type Tensor, tensor } from '@tensorflow/tfjs-core';
import type { ModelConfig } from '../config.ts';
import { ModelError } from '../error.ts';
import { type Parameters, parameterSpecs } from '../parameters.ts';
import type { CellParameters } from './cell.ts';

/** The weights as tensors, in the order of `parameterSpecs`. */
export type Weights = Readonly<Record<string, Tensor>>;

/** Uploads values named as the parameters of `config`; the caller disposes. */
export function upload(config: ModelConfig, values: Parameters): Weights {
  const specs = Object.entries(parameterSpecs(config));
  return Object.fromEntries(
    specs.map(([name, { shape }]) => {
      const given = values[name];
      const count = shape.reduce((product, side) => product * side, 1);
      if (given?.length !== count) {
        throw new ModelError(
          `weights.${name}: expected ${count} numbers [${shape.join(', ')}], got ${given?.length ?? 'none'} - do the weights belong to this config?`,
        );
      }
      return [name, tensor(given, [...shape])];
    }),
  );
}

/** Copies tensors back into plain arrays. */
export async function download(weights: Weights): Promise<Parameters> {
  const entries = Object.entries(weights).map(async ([name, values]): Promise<[string, Float32Array]> => {
    // A copy: some backends hand out the very array that the tensor stands on.
    return [name, Float32Array.from(await values.data<'float32'>())];
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** Tensors made from tensors, each under its name. */
export function mapWeights(weights: Weights, make: (weight: Tensor, name: string) => Tensor): Weights {
  return Object.fromEntries(Object.entries(weights).map(([name, weight]) => [name, make(weight, name)]));
}

/** Frees all tensors of the records. */
export function disposeAll(...records: Weights[]): void {
  for (const record of records) dispose(Object.values(record));
}

/** Reads named tensors into arrays of their own, and frees them. */
export async function takeValues<Name extends string>(
  tensors: Readonly<Record<Name, Tensor>>,
): Promise<Record<Name, Float32Array>> {
  const values = await download(tensors);
  disposeAll(tensors);
  return values as Record<Name, Float32Array>;
}

/** The weights of the cell called `cell`. */
export function cellWeights(weights: Weights, cell: string): CellParameters {
  return (name) => weightOf(weights, `${cell}.${name}`);
}

/** One weight by name. */
export function weightOf(weights: Weights, name: string): Tensor {
  const found = weights[name];
  if (!found) throw new ModelError(`weights.${name}: expected a tensor, got none - does the config fit the weights?`);
  return found;
}
