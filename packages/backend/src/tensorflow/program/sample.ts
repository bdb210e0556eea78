import { type DrawOptions, drawRow, type SampledRows, type SampleRequest, stepNumbers } from '@sketch-rnn/core';
import { fromStroke5, START_ROW, toStroke5 } from '@sketch-rnn/data';
import type { Block } from '../native/memory.ts';
import type { State } from './cell.ts';
import { openCell } from './cells.ts';
import { conditionOf } from './condition.ts';
import { initialState } from './decoder.ts';
import type { Model } from './model.ts';
import { projectCondition } from './project.ts';
import { STROKE, strokeInputs } from './strokes.ts';

/** Draws sketches, one row of all at a time (core `reference/sample.ts`). */
export function sample(model: Model, request: SampleRequest): SampledRows[] {
  const { count, starts, seeds, temperature, temperatureForm: form = 'paper', maxLength } = request;
  const options: DrawOptions = { mixtures: model.config.mixtures, temperature, form };
  const sketches = seeds.map((seed, i) => {
    const start = starts?.[i] ?? new Float32Array();
    // Without the end row: what is given goes on.
    return { seed, start: toStroke5(start, start.length / 3), rows: [] as number[], ended: false };
  });
  const inputs = Float32Array.from({ length: count * STROKE }, (_, k) => START_ROW[k % STROKE] as number);
  model.tf.within(() => {
    const advance = openStep(model, request);
    for (let t = 0; t < maxLength && sketches.some(({ ended }) => !ended); t++) {
      const raw = advance(inputs);
      const width = raw.length / count;
      for (const [i, sketch] of sketches.entries()) {
        if (sketch.ended) continue;
        const given = sketch.start.subarray(STROKE * t, STROKE * (t + 1));
        const row =
          given.length > 0
            ? given
            : drawRow(raw.subarray(width * i, width * (i + 1)), stepNumbers(sketch.seed, t), options);
        inputs.set(row, STROKE * i);
        sketch.rows.push(...row);
        sketch.ended = row[4] === 1;
      }
    }
  });
  return sketches.map(({ rows, ended }) => ({ stroke3: fromStroke5(Float32Array.from(rows)), ended }));
}

/** What takes the decoder one row further: from the rows before, `[count, 5]`, to its output, `[count, 3 + 6 M]`. */
function openStep(model: Model, { count, condition: given }: SampleRequest): (rows: Float32Array) => Float32Array {
  const { tf, config, weight } = model;
  const { decoderCell, decoderSize: units, latentSize } = config;
  const condition = conditionOf(model, given.z && tf.floats(given.z, [count, latentSize]), given)?.matrix;
  const cell = openCell(model, 'decoder', { cell: decoderCell, units });
  const weights = cell.weights(weight('decoder.weights'));
  const projected = condition && projectCondition(model, condition, { sizes: [count], mask: undefined });
  const added = projected?.sums.sketchSums && cell.added(projected.sums.sketchSums);
  const output = { weights: weight('output.weights'), bias: weight('output.bias') };
  let state: State = initialState(model, condition, count).state;

  return (rows) => {
    const { raw, next } = tf.within(() => {
      const strokes = strokeInputs(rows, decoderCell);
      const joined = tf.join([state.h, tf.floats(strokes.values, [count, strokes.width])], 1);
      const product: Block = tf.product(joined, weights);
      const sums = added ? tf.add(product, added) : product;
      const after = cell.forward({ sums, c: state.c, mask: undefined }).next;
      return { raw: tf.read(tf.add(tf.product(after.h, output.weights), output.bias)), next: after };
    });
    tf.free([state.h, state.c]);
    state = next;
    return raw;
  };
}
