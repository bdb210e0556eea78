import {
  type EngineStart,
  type ModelConfig,
  ModelError,
  type OptimiserState,
  type Parameters,
  parameterSpecs,
} from '@sketch-rnn/core';
import type { Device } from '../device.ts';
import type { Matrix } from '../matrix.ts';

/** Numbers of every parameter in one piece `[1, n]`, and each as a matrix of its own (vectors have one row). */
export interface ParameterMemory {
  readonly flat: Matrix;
  readonly named: Readonly<Record<string, Matrix>>;
}

/** Room for every parameter of a model; each begins where a SIMD register may. */
export function keepParameters(device: Device, config: ModelConfig): ParameterMemory {
  const shapes = Object.entries(parameterSpecs(config)).map(([name, { shape }]): [string, [number, number]] => [
    name,
    shape.length === 2 ? [shape[0] as number, shape[1] as number] : [1, shape[0] as number],
  ]);
  const places = new Map<string, number>();
  let size = 0;
  for (const [name, [rows, columns]] of shapes) {
    places.set(name, size);
    size += 4 * Math.ceil((rows * columns) / 4);
  }
  const flat = device.keep(1, size);
  const named = shapes.map(([name, [rows, columns]]): [string, Matrix] => [
    name,
    { address: flat.address + (places.get(name) as number), rows, columns, stride: columns },
  ]);
  return { flat, named: Object.fromEntries(named) };
}

/** Writes values named as the parameters of the model. */
export function writeParameters(device: Device, { named }: ParameterMemory, values: Parameters): void {
  for (const [name, matrix] of Object.entries(named)) {
    const given = values[name];
    const count = matrix.rows * matrix.columns;
    if (given?.length !== count) {
      throw new ModelError(
        `weights.${name}: expected ${count} numbers, got ${given?.length ?? 'none'} - do the weights belong to this config?`,
      );
    }
    device.write(matrix, given);
  }
}

/** Copies of all parameters, read in one piece. */
export async function readParameters(device: Device, { flat, named }: ParameterMemory): Promise<Parameters> {
  const all = await device.read(flat);
  const entries = Object.entries(named).map(([name, { address, rows, columns }]): [string, Float32Array] => {
    const from = address - flat.address;
    return [name, all.slice(from, from + rows * columns)];
  });
  return Object.fromEntries(entries);
}

/** A model in a device's memory. */
export interface ModelMemory {
  readonly config: ModelConfig;
  readonly weights: ParameterMemory;
  readonly gradients: ParameterMemory;
  /** Adam's moments. */
  readonly first: ParameterMemory;
  readonly second: ParameterMemory;
}

/** Uploads a model; moments are zeros where training begins. */
export function keepModel(device: Device, { config, parameters, optimiser }: EngineStart): ModelMemory {
  const keep = (): ParameterMemory => keepParameters(device, config);
  const memory = { config, weights: keep(), gradients: keep(), first: keep(), second: keep() };
  writeParameters(device, memory.weights, parameters);
  if (optimiser) writeMoments(device, memory, optimiser);
  return memory;
}

function writeMoments(device: Device, { first, second }: ModelMemory, optimiser: OptimiserState): void {
  writeParameters(device, first, optimiser.first);
  writeParameters(device, second, optimiser.second);
}
