import { type Matrix, repeated, rowsOf } from '../matrix.ts';
import type { Cell } from './cell.ts';
import { cells } from './cells.ts';
import type { Context } from './context.ts';
import type { Timeline } from './layer.ts';

/** What a layer reads at each row, `[R, inputs]`, and at every row of a sketch alike, `[B, condition]`. */
export interface LayerInputs {
  readonly rows: Matrix;
  readonly perSketch?: Matrix | undefined;
  /** The sketch of each row, `[1, R]`. */
  readonly sketchOfRow: Matrix;
  readonly timeline: Timeline;
}

interface Projected {
  readonly name: string;
  readonly cell: keyof typeof cells;
}

/**
 * What is added to every row of a sketch alike, `[B, ...]` for each of the cell's projections: its bias and the condition's part.
 *
 * @param inputs numbers a row has before the condition
 * @returns undefined for a projection with neither
 */
export function constantSums(
  context: Context,
  layer: Projected,
  { perSketch, count, inputs }: { perSketch: Matrix | undefined; count: number; inputs: number },
): (Matrix | undefined)[] {
  const { device } = context;
  const cell: Cell = cells[layer.cell];
  return cell.projections.map((projection, k) => {
    const bias = k === 0 && cell.bias ? repeated(context.weight(`${layer.name}.${cell.bias}`), count) : undefined;
    if (!perSketch) return bias;
    const weights = `${layer.name}.${projection}`;
    const constant = device.scratch(count, context.weight(weights).columns);
    if (bias) device.kernels.copyRows({ from: bias, out: constant, add: false });
    const b = context.factor(weights, { rows: [inputs, perSketch.columns] });
    device.kernels.multiply({ a: perSketch, b, out: constant, add: bias !== undefined });
    return constant;
  });
}

/**
 * x W of every row, once for each of the cell's projections, with bias and condition: `Layer.sums`.
 *
 * The condition is the same at every step: projected once a sketch and copied to its rows.
 */
export function project(context: Context, layer: Projected, inputs: LayerInputs): Matrix[] {
  const { device } = context;
  const { rows, perSketch, sketchOfRow, timeline } = inputs;
  const constants = constantSums(context, layer, { perSketch, count: timeline.sketches, inputs: rows.columns });
  return cells[layer.cell].projections.map((projection, k) => {
    const weights = `${layer.name}.${projection}`;
    const sums = device.scratch(timeline.rows, context.weight(weights).columns);
    const constant = constants[k];
    if (constant) device.kernels.copyRows({ from: constant, rows: sketchOfRow, out: sums, add: false });
    const b = context.factor(weights, { rows: [0, rows.columns] });
    device.kernels.multiply({ a: rows, b, out: sums, add: constant !== undefined });
    return sums;
  });
}

/** Gradients of input weights and bias from those at the sums; `[B, condition]` where there is a condition. */
export function projectBackward(
  context: Context,
  layer: Projected,
  { inputs, sums }: { inputs: LayerInputs; sums: readonly Matrix[] },
): Matrix | undefined {
  const { kernels } = context.device;
  const cell: Cell = cells[layer.cell];
  const { rows, perSketch, sketchOfRow } = inputs;
  const condition = perSketch && context.device.scratch(perSketch.rows, perSketch.columns);
  for (const [k, projection] of cell.projections.entries()) {
    const from = sums[k] as Matrix;
    const weights = `${layer.name}.${projection}`;
    const gradient = context.gradient(weights);
    kernels.accumulate({ a: rows, b: from, out: rowsOf(gradient, 0, rows.columns) });
    const bias = k === 0 && cell.bias ? context.gradient(`${layer.name}.${cell.bias}`) : undefined;
    if (!perSketch || !condition) {
      if (bias) kernels.sumRows({ from, out: bias });
      continue;
    }
    const constant = context.device.scratch(perSketch.rows, from.columns);
    kernels.fill(constant, 0);
    kernels.addRows({ from, rows: sketchOfRow, out: constant });
    if (bias) kernels.sumRows({ from: constant, out: bias });
    kernels.accumulate({ a: perSketch, b: constant, out: rowsOf(gradient, rows.columns, perSketch.columns) });
    const b = context.factor(weights, { rows: [rows.columns, perSketch.columns], transpose: true });
    kernels.multiply({ a: constant, b, out: condition, add: k > 0 });
  }
  return condition;
}

/** The gradient at the inputs themselves, `[R, inputs]`, needed where dropout took parts of them away. */
export function inputGradient(context: Context, layer: Projected, sums: readonly Matrix[]): Matrix {
  const { kernels } = context.device;
  const cell = cells[layer.cell];
  const inputs = inputsOf(context, layer);
  const gradient = context.device.scratch((sums[0] as Matrix).rows, inputs);
  for (const [k, projection] of cell.projections.entries()) {
    const b = context.factor(`${layer.name}.${projection}`, { rows: [0, inputs], transpose: true });
    kernels.multiply({ a: sums[k] as Matrix, b, out: gradient, add: k > 0 });
  }
  return gradient;
}

/** How many numbers a layer reads at a row. */
function inputsOf(context: Context, { name }: Projected): number {
  return context.weight(`${name}.inputWeights`).rows;
}
