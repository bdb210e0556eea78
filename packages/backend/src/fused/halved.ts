import type { EngineStart, ModelConfig } from '@sketch-rnn/core';
import type { Device, Halves } from './device.ts';
import type { Matrix } from './matrix.ts';
import { absent, flatten, layoutOf, type ParameterMemory, parameterIn } from './program/weights.ts';
import { openModel, type Trained } from './training.ts';

type Start = Pick<EngineStart, 'config' | 'parameters'>;

/** A model in a device's memory that is read alone: its matrices in half precision where that loses no bit. */
export interface Halved {
  readonly device: Device;
  readonly memory: ParameterMemory;
  /** All parameters in full precision, `[1, size]`, in scratch. */
  widened(): Matrix;
  /** The model as it is trained, its moments zeros. The halves are freed; there must be no scratch. */
  toTrained(): Trained;
}

/**
 * Keeps the parameters of a model, without the room that training needs.
 *
 * @returns undefined where there is nothing to gain: the device has no halves, or they can hold no matrix
 */
export function keepHalved(device: Device, start: Start): Halved | undefined {
  const { halves } = device;
  const matrices = halves && keepParameters(device, halves, start);
  return matrices && halvedOf(device, halves, { config: start.config, matrices });
}

function halvedOf(
  device: Device,
  halves: Halves,
  { config, matrices }: { config: ModelConfig; matrices: ReadonlyMap<string, Matrix> },
): Halved {
  const layout = layoutOf(config);

  return {
    device,
    memory: {
      config,
      layout,
      weight: (name) => matrices.get(name) ?? absent(name),
      gradient(name) {
        throw new Error(`gradient of ${name}: expected a model that is trained, got one in halves - toTrained first`);
      },
    },
    widened() {
      const all = device.scratch(1, layout.size);
      widenInto(all);
      return all;
    },
    toTrained() {
      const trained = openModel(device, config);
      const { weights, first, second } = trained.memory;
      // What was scratch before holds anything.
      for (const piece of [weights, first, second]) device.kernels.fill(piece, 0);
      widenInto(weights);
      halves.free();
      return trained;
    },
  };

  function widenInto(piece: Matrix): void {
    for (const [name, from] of matrices) {
      device.kernels.copyRows({ from, out: parameterIn(layout, piece, name), add: false });
    }
  }
}

/** Every parameter by itself; undefined where halves can hold no matrix. */
function keepParameters(
  device: Device,
  halves: Halves,
  { config, parameters }: Start,
): ReadonlyMap<string, Matrix> | undefined {
  const layout = layoutOf(config);
  const flat = flatten(layout, parameters);
  const parts = Object.entries(layout.places).map(([name, { from, rows, columns }]) => {
    const values = flat.subarray(from, from + rows * columns);
    // Kernels of all kinds read vectors, which are small.
    return { name, rows, columns, values, memory: rows > 1 && halves.canHold(values) ? halves : device };
  });
  if (parts.every(({ memory }) => memory === device)) return undefined;
  // Room for all before the first write, so that buffers are made once.
  const kept = parts.map(({ memory, ...part }) => ({ ...part, matrix: memory.keep(part.rows, part.columns) }));
  for (const { matrix, values } of kept) device.write(matrix, values);
  return new Map(kept.map(({ name, matrix }) => [name, matrix]));
}
