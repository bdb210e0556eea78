import { type SampledRows, type SampleRequest, stepNumbers } from '@sketch-rnn/core';
import { START_ROW } from '@sketch-rnn/data';
import { type Matrix, repeated, rowsOf } from '../matrix.ts';
import { cells } from './cells.ts';
import { condition, givenLatent } from './condition.ts';
import type { Context } from './context.ts';
import { openDecoder } from './decoder.ts';
import { timelineOf } from './layer.ts';
import { constantSums } from './project.ts';

const LAYER = 'decoder';

/** Draws sketches, one row of all at a time (core `reference/sample.ts`). */
export async function sample(context: Context, request: SampleRequest): Promise<SampledRows[]> {
  const { device } = context;
  const { count, maxLength } = request;
  const rows = device.scratch(count, 5);
  device.write(rows, repeatedStart(count));
  const advance = decoderStep(context, request, rows);
  const drawn: Float32Array[] = [];
  let ended = false;
  while (drawn.length < maxLength && !ended) {
    const steps = Math.min(device.stepsBetweenReads, maxLength - drawn.length);
    const block = await advance(drawn.length, steps);
    for (let k = 0; k < steps; k++) drawn.push(block.subarray(5 * count * k, 5 * count * (k + 1)));
    ended = haveEnded(drawn.at(-1) as Float32Array);
  }
  return Array.from({ length: count }, (_, i) => sketchFrom(drawn.map((step) => step.subarray(5 * i, 5 * i + 5))));
}

/** What takes all sketches some steps further and gives the rows drawn, `[steps, count, 5]`. */
function decoderStep(context: Context, request: SampleRequest, rows: Matrix) {
  const { device, config } = context;
  const { kernels } = device;
  const { count, temperature, temperatureForm: form = 'paper' } = request;
  const conditioned = condition(context, count, request.condition);
  const z = givenLatent(context, request.condition);
  if (conditioned && z) kernels.copyRows({ from: z, out: conditioned.z, add: false });
  const named = { name: LAYER, cell: config.decoderCell };
  const constants = constantSums(context, named, { perSketch: conditioned?.matrix, count, inputs: rows.columns });
  const projections = cells[config.decoderCell].projections.map((projection) => `${LAYER}.${projection}`);
  const timeline = timelineOf(Int32Array.of(count));
  const { cell, layer, recurrence } = openDecoder(context, {
    timeline,
    condition: conditioned?.matrix,
    sums: projections.map((projection) => device.scratch(count, context.weight(projection).columns)),
  });
  const bias = repeated(context.weight('output.bias'), count);
  const raw = device.scratch(count, bias.columns);
  const [numbers, given, record] = [4, 6, 5].map((columns) =>
    device.scratch(count * device.stepsBetweenReads, columns),
  ) as [Matrix, Matrix, Matrix];
  const ofStep = (matrix: Matrix, k: number): Matrix => rowsOf(matrix, k * count, count);

  return async (from: number, steps: number): Promise<Float32Array> => {
    device.write({ ...numbers, rows: steps * count }, numbersOf(request, from, steps));
    device.write({ ...given, rows: steps * count }, givenRows(request, from, steps));
    for (let k = 0; k < steps; k++) {
      for (const [p, projection] of projections.entries()) {
        const constant = constants[p];
        const out = layer.sums[p] as Matrix;
        if (constant) kernels.copyRows({ from: constant, out, add: false });
        const b = context.factor(projection, { rows: [0, rows.columns] });
        kernels.multiply({ a: rows, b, out, add: constant !== undefined });
      }
      recurrence.step(0);
      kernels.copyRows({ from: bias, out: raw, add: false });
      const hidden = rowsOf(layer.states[cell.hidden] as Matrix, count, count);
      kernels.multiply({ a: hidden, b: context.factor('output.weights'), out: raw, add: true });
      const options = { mixtures: config.mixtures, temperature, form };
      kernels.draw({ raw, numbers: ofStep(numbers, k), given: ofStep(given, k), rows, options });
      kernels.copyRows({ from: rows, out: ofStep(record, k), add: false });
      // The state after the step is the state before the next.
      for (const state of layer.states) {
        kernels.copyRows({ from: rowsOf(state, count, count), out: rowsOf(state, 0, count), add: false });
      }
    }
    return device.read({ ...record, rows: steps * count });
  };
}

function repeatedStart(count: number): Float32Array {
  return Float32Array.from({ length: 5 * count }, (_, i) => START_ROW[i % 5] as number);
}

/** The numbers of some steps, `[steps, count, 4]`. */
function numbersOf({ seeds }: SampleRequest, from: number, steps: number): Float32Array {
  const numbers = new Float32Array(4 * seeds.length * steps);
  let at = 0;
  for (let t = from; t < from + steps; t++) {
    for (const seed of seeds) {
      const { component, pen, x, y } = stepNumbers(seed, t);
      numbers[at++] = component;
      numbers[at++] = pen;
      numbers[at++] = x;
      numbers[at++] = y;
    }
  }
  return numbers;
}

/** Rows of the starts in some steps, each with a 1 after it; zeros where there are none: `[steps, count, 6]`. */
function givenRows({ starts, count }: SampleRequest, from: number, steps: number): Float32Array {
  const rows = new Float32Array(6 * count * steps);
  for (const [i, start] of (starts ?? []).entries()) {
    for (let k = 0; k < steps; k++) {
      const [dx, dy, lift] = start.subarray(3 * (from + k), 3 * (from + k + 1));
      if (dx === undefined || dy === undefined || lift === undefined) break;
      rows.set([dx, dy, 1 - lift, lift, 0, 1], 6 * (k * count + i));
    }
  }
  return rows;
}

/** Whether every sketch's row, `[count, 5]`, says that it has ended. */
function haveEnded(rows: Float32Array): boolean {
  for (let end = 4; end < rows.length; end += 5) if (rows[end] !== 1) return false;
  return true;
}

/** A sketch's rows up to its end, as stroke-3. */
function sketchFrom(rows: readonly Float32Array[]): SampledRows {
  const end = rows.findIndex((row) => row[4] === 1);
  const drawn = end === -1 ? rows : rows.slice(0, end);
  const stroke3 = new Float32Array(3 * drawn.length);
  for (const [k, row] of drawn.entries()) {
    stroke3.set([row[0] as number, row[1] as number, row[3] as number], 3 * k);
  }
  return { stroke3, ended: end !== -1 };
}
