import type { PackedBatch } from '@sketch-rnn/data';
import { add, concat, matMul, mul, slice, type Tensor1D, type Tensor2D, tensor2d } from '@tensorflow/tfjs-core';
import type { Projection } from './cell.ts';
import { cells } from './cells.ts';
import { initialState } from './condition.ts';
import type { Model } from './model.ts';
import { cellWeights, type Weights, weightOf } from './weights.ts';

export interface DecoderMasks {
  /** `[R, D]`, of tanh(j). */
  readonly recurrent?: Tensor2D;
  /** `[R, 5 + condition]`. */
  readonly input?: Tensor2D;
  /** `[R, D]`. */
  readonly output?: Tensor2D;
}

/**
 * The decoder over packed rows (Ha & Eck 2017, section 3.2): every input is [row before | condition].
 *
 * @returns pen logits and mixture parameters of every row, `[R, 3 + 6 M]`
 */
export function decode(
  model: Model,
  batch: PackedBatch,
  { condition, masks = {} }: { condition: Tensor2D | undefined; masks?: DecoderMasks },
): Tensor2D {
  const { weights, config, runLayers } = model;
  const cell = cells[config.decoderCell];
  const parameters = cellWeights(weights, 'decoder');
  const inputs = tensor2d(batch.decoderInputs, [batch.decoderInputs.length / 5, 5]);
  const [hidden] = runLayers([
    {
      cell: config.decoderCell,
      parameters,
      ...projectInputs(),
      sizes: batch.decoderSizes,
      initial: initialState(model, condition, batch.lengths.length),
      ...(masks.recurrent && { mask: masks.recurrent }),
      emit: 'every',
    },
  ]) as [Tensor2D];
  return output(weights, masks.output ? mul(hidden, masks.output) : hidden);

  /** The condition is the same at every step: projected once a sketch and added, unless dropout takes parts of it away. */
  function projectInputs(): { inputs: Projection; constant?: Projection } {
    if (masks.input) {
      const joined = condition ? concat([inputs, repeat(condition, batch.decoderSizes)], 1) : inputs;
      return { inputs: cell.project(parameters, mul(joined, masks.input), 0) };
    }
    return {
      inputs: cell.project(parameters, inputs, 0),
      ...(condition && { constant: cell.project(parameters, condition, 5) }),
    };
  }
}

/**
 * Pen logits and mixture parameters from h.
 *
 * @param hidden `[rows, D]`
 * @returns `[rows, 3 + 6 M]`
 */
export function output(weights: Weights, hidden: Tensor2D): Tensor2D {
  const product = matMul(hidden, weightOf(weights, 'output.weights') as Tensor2D);
  return add(product, weightOf(weights, 'output.bias') as Tensor1D);
}

/** Each sketch's condition at each of its rows: `[B, C]` to `[R, C]`. */
function repeat(condition: Tensor2D, sizes: Int32Array): Tensor2D {
  const width = condition.shape[1];
  return concat(
    Array.from(sizes, (size) => slice(condition, [0, 0], [size, width])),
    0,
  );
}
