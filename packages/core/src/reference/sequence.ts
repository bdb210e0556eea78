import { add, concat, slice, split, type Tensor2D } from '@tensorflow/tfjs-core';
import type { Projection, RecurrentCell, State, Step } from './cell.ts';

export interface SequenceInput {
  readonly cell: RecurrentCell;
  readonly step: Step;
  /** Tensors `[rows, 4 units]`, rows packed by `sizes`. */
  readonly inputs: Projection;
  /** What is added to every row of a sketch: tensors `[B, 4 units]`. */
  readonly constant?: Projection;
  /** Sketches still running at each step, never more than at the step before. */
  readonly sizes: Int32Array;
  readonly initial: State;
  /** `[rows, units]`. */
  readonly mask?: Tensor2D;
}

/**
 * Runs a cell over packed sketches; a sketch that has ended leaves the computation.
 *
 * @returns `outputs`: h of every row, `[rows, units]`; `final`: the state of every sketch after its last row, `[B, units]`
 */
export function runSequence({ cell, step, inputs, constant, sizes, initial, mask }: SequenceInput): {
  outputs: Tensor2D;
  final: State;
} {
  const steps = Array.from(sizes);
  // split, not slice: the gradient of T splits is one concatenation, that of T slices is T paddings to full size.
  const projections = inputs.map((projection) => split(projection, steps, 0));
  const masks = mask && (split(mask, steps, 0) as Tensor2D[]);
  const outputs: Tensor2D[] = [];
  const finals: State[] = [];
  let state = initial;
  let added = constant;
  for (const [t, size] of steps.entries()) {
    const running = (state[0] as Tensor2D).shape[0];
    if (size < running) {
      finals.push(state.map((part) => rows(part, size, running - size)));
      state = state.map((part) => rows(part, 0, size));
      added = added?.map((part) => rows(part, 0, size));
    }
    const projected = projections.map((projection, i) => {
      const input = projection[t] as Tensor2D;
      return added ? add(input, added[i] as Tensor2D) : input;
    }) as Tensor2D[];
    state = step(projected, state, masks?.[t]);
    outputs.push(state[cell.hidden] as Tensor2D);
  }
  finals.push(state);
  // The shortest sketches ended first and stand last.
  finals.reverse();
  return {
    outputs: concat(outputs, 0),
    final: state.map((_, part) => concat(finals.map((piece) => piece[part] as Tensor2D), 0)),
  };
}

function rows(tensor: Tensor2D, from: number, count: number): Tensor2D {
  return slice(tensor, [from, 0], [count, tensor.shape[1]]);
}

/**
 * Row numbers that turn packed rows around in time: row t of a sketch of n rows becomes row n - 1 - t.
 *
 * Both orders have the same `sizes`, since every sketch starts at step 0 either way.
 */
export function backwardOrder(lengths: Int32Array, sizes: Int32Array): Int32Array {
  const starts = new Int32Array(sizes.length);
  for (let t = 1; t < sizes.length; t++) starts[t] = (starts[t - 1] as number) + (sizes[t - 1] as number);
  const order: number[] = [];
  for (const [t, size] of sizes.entries()) {
    for (let i = 0; i < size; i++) order.push((starts[(lengths[i] as number) - 1 - t] as number) + i);
  }
  return Int32Array.from(order);
}
