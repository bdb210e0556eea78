import { backwardOrder, lastRows, type PackedBatch, sketchOfRow } from '@sketch-rnn/data';
import type { StepMasks } from '@sketch-rnn/core';
import { columnsOf, type Matrix, repeated, rowsOf } from '../matrix.ts';
import { cells } from './cells.ts';
import type { Context } from './context.ts';
import { every, type Layer, timelineOf } from './layer.ts';
import { type LayerInputs, project, projectBackward } from './project.ts';

/** Mean and log variance of q(z | sketch), `[B, Z]` each, and the way back from their gradients, which take their place. */
export interface Encoded {
  readonly mean: Matrix;
  readonly logVariance: Matrix;
  backward(): void;
}

const DIRECTIONS = ['forward', 'backward'] as const;
const HEADS = ['mean', 'logVariance'] as const;

/** The bidirectional encoder (core `reference/encoder.ts`). */
export function encode(context: Context, batch: PackedBatch, masks?: StepMasks['encoder']): Encoded {
  const { device, config, upload } = context;
  const { kernels } = device;
  const cell = cells[config.encoderCell];
  const timeline = timelineOf(batch.encoderSizes);
  const { sketches, rows } = timeline;
  const sketchList = upload(sketchOfRow(batch.encoderSizes), rows);
  const inputs = DIRECTIONS.map((direction): LayerInputs => ({
    rows: upload(direction === 'forward' ? batch.encoderRows : turned(batch), 5),
    sketchOfRow: sketchList,
    timeline,
  }));
  const names = DIRECTIONS.map((direction) => ({ name: `encoder.${direction}`, cell: config.encoderCell }));
  const layers = names.map((named, k): Layer => ({
    name: named.name,
    units: config.encoderSize,
    sums: project(context, named, inputs[k] as LayerInputs),
    timeline,
    states: cell.widths(config.encoderSize, config.hyperSize).map((width) => {
      const state = device.scratch(sketches + rows, width);
      const initial = rowsOf(state, 0, sketches);
      kernels.fill(initial, 0);
      return state;
    }),
    ...(masks && { mask: upload(masks[DIRECTIONS[k] as 'forward' | 'backward'], config.encoderSize) }),
  }));
  const recurrence = cell.open(context, layers);
  for (const t of timeline.sizes.keys()) recurrence.step(t);

  const last = upload(lastRows(batch.encoderSizes), sketches);
  const hidden = device.scratch(sketches, 2 * config.encoderSize);
  const half = (matrix: Matrix, k: number): Matrix => columnsOf(matrix, k * config.encoderSize, config.encoderSize);
  for (const [k, { states }] of layers.entries()) {
    const from = every(states[cell.hidden] as Matrix, timeline);
    kernels.copyRows({ from, rows: last, out: half(hidden, k), add: false });
  }
  const heads = HEADS.map((head) => {
    const out = device.scratch(sketches, config.latentSize);
    kernels.copyRows({ from: repeated(context.weight(`latent.${head}.bias`), sketches), out, add: false });
    kernels.multiply({ a: hidden, b: context.factor(`latent.${head}.weights`), out, add: true });
    return out;
  });
  const [mean, logVariance] = heads as [Matrix, Matrix];

  return {
    mean,
    logVariance,
    backward() {
      const gradient = device.scratch(sketches, 2 * config.encoderSize);
      for (const [k, head] of HEADS.entries()) {
        const from = heads[k] as Matrix;
        kernels.accumulate({ a: hidden, b: from, out: context.gradient(`latent.${head}.weights`) });
        kernels.sumRows({ from, out: context.gradient(`latent.${head}.bias`) });
        const b = context.factor(`latent.${head}.weights`, { transpose: true });
        kernels.multiply({ a: from, b, out: gradient, add: k > 0 });
      }
      const found = recurrence.backward(DIRECTIONS.map((_, k) => ({ emit: 'last', gradient: half(gradient, k) })));
      for (const [k, { sums }] of found.entries()) {
        projectBackward(context, names[k] as (typeof names)[number], { inputs: inputs[k] as LayerInputs, sums });
      }
    },
  };
}

/** The rows of every sketch from its last to its first. */
function turned(batch: PackedBatch): Float32Array {
  const rows = new Float32Array(batch.encoderRows.length);
  for (const [to, from] of backwardOrder(batch).entries()) {
    rows.set(batch.encoderRows.subarray(5 * from, 5 * from + 5), 5 * to);
  }
  return rows;
}
