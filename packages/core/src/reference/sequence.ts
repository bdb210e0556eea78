import { add, concat, slice, split, type Tensor2D } from '@tensorflow/tfjs-core';
import type { Cell } from '../config.ts';
import type { CellParameters, Projection, State } from './cell.ts';
import { cells } from './cells.ts';

/** One recurrent layer over packed sketches. */
export interface Layer {
  readonly cell: Cell;
  readonly parameters: CellParameters;
  /** x W of every row (`RecurrentCell.project`), rows packed by `sizes`. */
  readonly inputs: Projection;
  /** What is added to every row of a sketch: tensors `[B, 4 units]`. */
  readonly constant?: Projection;
  /** Sketches still running at each step, never more than at the step before. */
  readonly sizes: Int32Array;
  readonly initial: State;
  /** Recurrent dropout, `[rows, units]`. */
  readonly mask?: Tensor2D;
  /** What comes out: h of every row, `[rows, units]`, or of each sketch's last row, `[B, units]`. */
  readonly emit: 'every' | 'last';
}

/**
 * Runs layers of the same shape that do not depend on each other: the decoder alone, or the encoder's two directions.
 *
 * The one below is the reference; an engine may bring one of its own that gives the same values and gradients.
 */
export type RunLayers = (layers: readonly Layer[]) => Tensor2D[];

/** The layers one after the other, step by step, their gradients by autodiff. */
export const composeLayers: RunLayers = (layers) => layers.map(runLayer);

/** Runs a cell over packed sketches; a sketch that has ended leaves the computation. */
function runLayer({ cell: name, parameters, inputs, constant, sizes, initial, mask, emit }: Layer): Tensor2D {
  const cell = cells[name];
  const step = cell.prepare(parameters);
  const steps = Array.from(sizes);
  const projections = inputs.map((projection) => stepRows(projection, steps));
  const masks = mask && stepRows(mask, steps);
  const every: Tensor2D[] = [];
  const last: Tensor2D[] = [];
  let state = initial;
  let added = constant;
  for (const [t, size] of steps.entries()) {
    const running = (state[0] as Tensor2D).shape[0];
    if (size < running) {
      last.push(rows(state[cell.hidden] as Tensor2D, size, running - size));
      state = state.map((part) => rows(part, 0, size));
      added = added?.map((part) => rows(part, 0, size));
    }
    const input = projections.map((projection, i) => {
      const projected = projection[t] as Tensor2D;
      return added ? add<Tensor2D>(projected, added[i] as Tensor2D) : projected;
    });
    state = step(input, state, masks?.[t]);
    every.push(state[cell.hidden] as Tensor2D);
  }
  if (emit === 'every') return concat(every, 0);
  // The shortest sketches ended first and stand last.
  last.push(state[cell.hidden] as Tensor2D);
  return concat(last.toReversed(), 0);
}

/**
 * Packed rows by step. Split, not slice: the gradient of T splits is one concatenation, that of T slices is T paddings to
 * full size; and of one step there is nothing to split, which tfjs has no gradient for.
 */
function stepRows(tensor: Tensor2D, sizes: number[]): Tensor2D[] {
  return sizes.length === 1 ? [tensor] : split(tensor, sizes, 0);
}

function rows(tensor: Tensor2D, from: number, count: number): Tensor2D {
  return slice(tensor, [from, 0], [count, tensor.shape[1]]);
}
