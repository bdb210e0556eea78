import { stepStarts } from '@sketch-rnn/data';
import { type Matrix, rowsOf } from '../matrix.ts';
import type { Context } from './context.ts';

/** One recurrent layer over packed rows. */
export interface Layer {
  /** What its parameters' names begin with. */
  readonly name: string;
  readonly units: number;
  /** x W and whatever else needs no state, by projection (`Cell.projections`): `[R, ...]`, consumed. */
  readonly sums: readonly Matrix[];
  readonly timeline: Timeline;
  /** The state's parts in packing order, the initial state before the states of all rows: `[B + R, width]`. */
  readonly states: readonly Matrix[];
  /** Recurrent dropout, `[R, units]`. */
  readonly mask?: Matrix;
}

/** Where the rows of each step stand. */
export interface Timeline {
  readonly sizes: Int32Array;
  readonly starts: Int32Array;
  /** B. */
  readonly sketches: number;
  /** R. */
  readonly rows: number;
}

export function timelineOf(sizes: Int32Array): Timeline {
  const starts = stepStarts(sizes);
  return { sizes, starts, sketches: sizes[0] ?? 0, rows: sizes.reduce((sum, size) => sum + size, 0) };
}

/** Rows of step `t` in a matrix of all rows `[R, ...]`. */
export function at(matrix: Matrix, { starts, sizes }: Timeline, t: number): Matrix {
  return rowsOf(matrix, starts[t] as number, sizes[t] as number);
}

/** States after step `t`, in a matrix `[B + R, ...]`. */
export function after(state: Matrix, { starts, sizes, sketches }: Timeline, t: number): Matrix {
  return rowsOf(state, sketches + (starts[t] as number), sizes[t] as number);
}

/** States before step `t` of the sketches that run at it. */
export function before(state: Matrix, { starts, sizes, sketches }: Timeline, t: number): Matrix {
  return rowsOf(state, t === 0 ? 0 : sketches + (starts[t - 1] as number), sizes[t] as number);
}

/** States of all rows, `[R, ...]`. */
export function every(state: Matrix, { sketches, rows }: Timeline): Matrix {
  return rowsOf(state, sketches, rows);
}

/** Sketches that go on to step `t + 1`. */
export function goingOn({ sizes }: Timeline, t: number): number {
  return sizes[t + 1] ?? 0;
}

/** For every row the state before it, as a matrix `[R, width]`: what weights of the state are multiplied with. */
export function statesBefore({ device, upload }: Context, state: Matrix, timeline: Timeline): Matrix {
  const { starts, sizes, sketches, rows } = timeline;
  const places = new Float32Array(rows);
  for (const [t, size] of sizes.entries()) {
    const from = t === 0 ? 0 : sketches + (starts[t - 1] as number);
    for (let i = 0; i < size; i++) places[(starts[t] as number) + i] = from + i;
  }
  const gathered = device.scratch(rows, state.columns);
  device.kernels.copyRows({ from: state, rows: upload(places, rows), out: gathered, add: false });
  return gathered;
}

/** The gradient that reaches h from outside a layer: at every row `[R, H]`, or at each sketch's last `[B, H]`. */
export interface Outer {
  readonly emit: 'every' | 'last';
  readonly gradient: Matrix;
}

/** Of step `t`: the gradient at its rows, and the first row that has one. */
export function outerAt(
  { emit, gradient }: Outer,
  timeline: Timeline,
  t: number,
): { outer: Matrix; outerFrom: number } {
  if (emit === 'every') return { outer: at(gradient, timeline, t), outerFrom: 0 };
  return { outer: rowsOf(gradient, 0, timeline.sizes[t] as number), outerFrom: goingOn(timeline, t) };
}
