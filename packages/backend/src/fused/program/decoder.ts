import { outputSize, type StepMasks } from '@sketch-rnn/core';
import { type PackedBatch, sketchOfRow } from '@sketch-rnn/data';
import { columnsOf, type Matrix, repeated, rowsOf } from '../matrix.ts';
import type { Cell, Recurrence } from './cell.ts';
import { cells } from './cells.ts';
import type { Context } from './context.ts';
import { every, type Layer, type Timeline, timelineOf } from './layer.ts';
import { inputGradient, type LayerInputs, project, projectBackward } from './project.ts';

/** Pen logits and mixture parameters of every row, `[R, 3 + 6 M]`, and the way back. */
export interface Decoded {
  readonly raw: Matrix;
  /** From the gradient that stands in raw's place; `[B, condition]` where there is a condition. */
  backward(): Matrix | undefined;
}

type DecoderMasks = StepMasks['decoder'];

/** The decoder over packed rows (core `reference/decoder.ts`). */
export function decode(
  context: Context,
  batch: PackedBatch,
  { condition, masks = {} }: { condition: Matrix | undefined; masks?: DecoderMasks },
): Decoded {
  const { device, config, upload } = context;
  const { kernels } = device;
  const timeline = timelineOf(batch.decoderSizes);
  const { rows } = timeline;
  const named = { name: 'decoder', cell: config.decoderCell };
  const inputMask = masks.input && upload(masks.input, 5 + (condition?.columns ?? 0));
  const inputs = layerInputs();
  const { cell, layer, recurrence } = openDecoder(context, {
    timeline,
    sums: project(context, named, inputs),
    condition,
    ...(masks.recurrent && { mask: upload(masks.recurrent, config.decoderSize) }),
  });
  for (const t of timeline.sizes.keys()) recurrence.step(t);

  const outputMask = masks.output && upload(masks.output, config.decoderSize);
  const hidden = maskedOutput();
  const raw = output(context, hidden);
  return { raw, backward };

  /** Dropout of the inputs takes parts of the condition away, so that it is not the same at every step. */
  function layerInputs(): LayerInputs {
    const strokes = upload(batch.decoderInputs, 5);
    const list = upload(sketchOfRow(batch.decoderSizes), rows);
    if (!inputMask) return { rows: strokes, perSketch: condition, sketchOfRow: list, timeline };
    const joined = device.scratch(rows, inputMask.columns);
    kernels.copyRows({ from: strokes, out: columnsOf(joined, 0, 5), add: false });
    if (condition) {
      const out = columnsOf(joined, 5, condition.columns);
      kernels.copyRows({ from: condition, rows: list, out, add: false });
    }
    kernels.scale(joined, inputMask);
    return { rows: joined, sketchOfRow: list, timeline };
  }

  function maskedOutput(): Matrix {
    const states = every(layer.states[cell.hidden] as Matrix, timeline);
    if (!outputMask) return states;
    const kept = device.scratch(rows, config.decoderSize);
    kernels.copyRows({ from: states, out: kept, add: false });
    kernels.scale(kept, outputMask);
    return kept;
  }

  function backward(): Matrix | undefined {
    kernels.accumulate({ a: hidden, b: raw, out: context.gradient('output.weights') });
    kernels.sumRows({ from: raw, out: context.gradient('output.bias') });
    const hiddenGradient = device.scratch(rows, config.decoderSize);
    const b = context.factor('output.weights', { transpose: true });
    kernels.multiply({ a: raw, b, out: hiddenGradient, add: false });
    if (outputMask) kernels.scale(hiddenGradient, outputMask);
    const [found] = recurrence.backward([{ emit: 'every', gradient: hiddenGradient }]);
    const { sums, initial } = found as NonNullable<typeof found>;
    const projected = projectBackward(context, named, { inputs, sums });
    if (!condition) return undefined;
    const gradient = inputMask ? throughInputMask(sums, condition) : (projected as Matrix);
    initialStateBackward(context, { condition, layer, initial, out: gradient });
    return gradient;
  }

  function throughInputMask(sums: readonly Matrix[], { columns }: Matrix): Matrix {
    const atInputs = inputGradient(context, named, sums);
    kernels.scale(atInputs, inputMask as Matrix);
    const gradient = device.scratch(timeline.sketches, columns);
    kernels.fill(gradient, 0);
    kernels.addRows({ from: columnsOf(atInputs, 5, columns), rows: inputs.sketchOfRow, out: gradient });
    return gradient;
  }
}

/** The decoder's layer with its initial state: tanh(condition W + b), all of the packed state, or zeros. */
export function openDecoder(
  context: Context,
  {
    timeline,
    condition,
    ...rest
  }: { timeline: Timeline; sums: readonly Matrix[]; condition: Matrix | undefined; mask?: Matrix },
): { cell: Cell; layer: Layer; recurrence: Recurrence } {
  const { device, config } = context;
  const { kernels } = device;
  const { sketches, rows } = timeline;
  const cell = cells[config.decoderCell];
  const widths = cell.widths(config.decoderSize, config.hyperSize);
  const states = widths.map((width) => device.scratch(sketches + rows, width));
  const initial = states.map((state) => rowsOf(state, 0, sketches));
  if (condition) {
    const total = widths.reduce((sum, width) => sum + width, 0);
    const packed = device.scratch(sketches, total);
    kernels.copyRows({ from: repeated(context.weight('decoder.initial.bias'), sketches), out: packed, add: false });
    kernels.multiply({ a: condition, b: context.factor('decoder.initial.weights'), out: packed, add: true });
    kernels.tanh(packed);
    let from = 0;
    for (const out of initial) {
      kernels.copyRows({ from: columnsOf(packed, from, out.columns), out, add: false });
      from += out.columns;
    }
  } else {
    for (const state of initial) kernels.fill(state, 0);
  }
  const layer: Layer = { name: 'decoder', units: config.decoderSize, timeline, states, ...rest };
  return { cell, layer, recurrence: cell.open(context, [layer]) };
}

/** From the gradient at the initial state to its weights', and added to the condition's. */
function initialStateBackward(
  context: Context,
  step: { condition: Matrix; layer: Layer; initial: readonly Matrix[]; out: Matrix },
): void {
  const { device } = context;
  const { kernels } = device;
  const { condition, layer, initial, out } = step;
  const total = initial.reduce((sum, { columns }) => sum + columns, 0);
  const packed = device.scratch(condition.rows, total);
  let from = 0;
  for (const [k, part] of initial.entries()) {
    kernels.tanhBackward(part, rowsOf(layer.states[k] as Matrix, 0, condition.rows));
    kernels.copyRows({ from: part, out: columnsOf(packed, from, part.columns), add: false });
    from += part.columns;
  }
  kernels.accumulate({ a: condition, b: packed, out: context.gradient('decoder.initial.weights') });
  kernels.sumRows({ from: packed, out: context.gradient('decoder.initial.bias') });
  kernels.multiply({ a: packed, b: context.factor('decoder.initial.weights', { transpose: true }), out, add: true });
}

/** Pen logits and mixture parameters from h `[n, D]`. */
function output(context: Context, hidden: Matrix): Matrix {
  const { device, config } = context;
  const raw = device.scratch(hidden.rows, outputSize(config));
  const bias = context.weight('output.bias');
  device.kernels.copyRows({ from: repeated(bias, hidden.rows), out: raw, add: false });
  device.kernels.multiply({ a: hidden, b: context.factor('output.weights'), out: raw, add: true });
  return raw;
}
