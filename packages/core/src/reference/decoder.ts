import type { PackedBatch } from '@sketch-rnn/data';
import { add, concat, matMul, mul, slice, type Tensor1D, type Tensor2D, tensor2d } from '@tensorflow/tfjs-core';
import type { ModelConfig } from '../config.ts';
import { cells, type Projection, type State } from './cell.ts';
import { initialState } from './condition.ts';
import { runSequence } from './sequence.ts';
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
 * @returns `hidden` `[R, D]`, `raw` `[R, 3 + 6 M]`, `final` the state after each sketch's last row
 */
export function decode(
  weights: Weights,
  config: ModelConfig,
  batch: PackedBatch,
  condition: Tensor2D | undefined,
  masks: DecoderMasks = {},
): { hidden: Tensor2D; raw: Tensor2D; final: State } {
  const cell = cells[config.decoderCell];
  const parameters = cellWeights(weights, 'decoder');
  const inputs = tensor2d(batch.decoderInputs, [batch.decoderInputs.length / 5, 5]);
  const { outputs: hidden, final } = runSequence({
    cell,
    step: cell.prepare(parameters),
    ...projectInputs(),
    sizes: batch.decoderSizes,
    initial: initialState(weights, config, condition, batch.lengths.length),
    ...(masks.recurrent && { mask: masks.recurrent }),
  });
  return { hidden, raw: output(weights, masks.output ? mul(hidden, masks.output) : hidden), final };

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
