import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';

/** Looks a parameter of the cell up by the last part of its name. */
export type CellParameters = (name: string) => Tensor;

/** A cell's state for n sketches: tensors `[n, units]` in the order in which the state is packed. */
export type State = readonly Tensor2D[];

/** What a step takes from the inputs alone, worked out for all rows at once: tensors `[rows, 4 units]`. */
export type Projection = readonly Tensor2D[];

/** A recurrent cell. One step is `step`; `project` is the part of it that need not wait for the state before. */
export interface RecurrentCell {
  /** Widths of the tensors of a state, in packing order, `size` units outside and `hyperSize` inside. */
  readonly widths: (size: number, hyperSize: number) => readonly number[];
  /** Where in the state the hidden vector h stands. */
  readonly hidden: number;
  /** x W, without bias, for inputs `[rows, inputs]` that meet the rows `from` and following of the input weights. */
  readonly project: (parameters: CellParameters, inputs: Tensor2D, from: number) => Projection;
  /** A cell with what does not change between the steps of a batch made ready. */
  readonly prepare: (parameters: CellParameters) => Step;
}

/** One step: `(projected input, state) -> state`; `mask` `[n, units]` multiplies tanh(j) (recurrent dropout). */
export type Step = (input: Projection, state: State, mask?: Tensor2D) => State;
