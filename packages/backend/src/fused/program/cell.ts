import type { Matrix } from '../matrix.ts';
import type { Context } from './context.ts';
import type { Layer, Outer } from './layer.ts';

/** Layers of one cell and one timeline, taken through time together. */
export interface Recurrence {
  /** From the states before step `t` to those after it. */
  step(t: number): void;
  /** From the last step back to the first; weights' gradients are summed up. One `Outer` a layer. */
  backward(outers: readonly Outer[]): LayerGradient[];
}

export interface LayerGradient {
  /** At `Layer.sums`, which it takes the place of. */
  readonly sums: readonly Matrix[];
  /** At the initial state's parts, `[B, width]` each. */
  readonly initial: readonly Matrix[];
}

/** A recurrent cell as a program for fused kernels; formulas in core's `reference/<cell>.ts`. */
export interface Cell {
  /** Widths of the state's parts in packing order. */
  widths(size: number, hyperSize: number): readonly number[];
  /** Which part is h. */
  readonly hidden: number;
  /** Weights that inputs are multiplied with, one for each of `Layer.sums`: names after the layer's. */
  readonly projections: readonly string[];
  /** Of the first projection's sums, what is added to every row: a bias' name. */
  readonly bias?: string;
  open(context: Context, layers: readonly Layer[]): Recurrence;
}
