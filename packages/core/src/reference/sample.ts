import { START_ROW } from '@sketch-rnn/data';
import { add, dispose, type Tensor2D, tensor2d, tidy } from '@tensorflow/tfjs-core';
import type { SampledRows, SampleRequest } from '../engine.ts';
import { drawRow, stepNumbers } from '../sampling/draw.ts';
import type { Projection, State } from './cell.ts';
import { cells } from './cells.ts';
import { conditionOf, initialState } from './condition.ts';
import { output } from './decoder.ts';
import type { Model } from './model.ts';
import { cellWeights } from './weights.ts';

/**
 * Draws sketches, one row of all at a time (Ha & Eck 2017, section 3.3).
 *
 * The numbers drawn with are made on the host from each sketch's seed; the last row drawn is the next input.
 */
export async function sample(model: Pick<Model, 'weights' | 'config'>, request: SampleRequest): Promise<SampledRows[]> {
  const { weights, config } = model;
  const { count, condition: given, starts, temperature, temperatureForm: form = 'paper', maxLength, seeds } = request;
  const cell = cells[config.decoderCell];
  const parameters = cellWeights(weights, 'decoder');
  const { constant, initial } = tidy(() => {
    const z = given.z && tensor2d(given.z, [count, config.latentSize]);
    const condition = conditionOf(model, z, given);
    return {
      constant: condition ? [...cell.project(parameters, condition, 5)] : [],
      initial: [...initialState(model, condition, count)],
    };
  });
  const sketches = seeds.map(() => ({ rows: [] as number[], ended: false }));
  const inputs = new Float32Array(count * 5);
  for (let i = 0; i < count; i++) inputs.set(START_ROW, 5 * i);
  let state: State = initial;
  try {
    for (let t = 0; t < maxLength && sketches.some(({ ended }) => !ended); t++) {
      const { raw, next } = tidy(() => advance(tensor2d(inputs, [count, 5]), state));
      dispose(state as Tensor2D[]);
      state = next;
      const values = await raw.data<'float32'>();
      dispose(raw);
      const width = values.length / count;
      for (const [i, sketch] of sketches.entries()) {
        if (sketch.ended) continue;
        const row =
          startRow(starts?.[i], t) ??
          drawRow(values.subarray(i * width, (i + 1) * width), stepNumbers(seeds[i] as number, t), {
            mixtures: config.mixtures,
            temperature,
            form,
          });
        inputs.set(row, 5 * i);
        if (row[4] === 1) sketch.ended = true;
        else sketch.rows.push(row[0] as number, row[1] as number, row[3] as number);
      }
    }
  } finally {
    dispose([...state, ...constant]);
  }
  return sketches.map(({ rows, ended }) => ({ stroke3: Float32Array.from(rows), ended }));

  function advance(rows: Tensor2D, before: State): { raw: Tensor2D; next: Tensor2D[] } {
    const projected = cell.project(parameters, rows, 0);
    const joined: Projection = projected.map((part, i) => (constant[i] ? add(part, constant[i]) : part));
    const next = cell.prepare(parameters)(joined, before);
    return { raw: output(weights, next[cell.hidden] as Tensor2D), next: [...next] };
  }
}

/** Row `t` of a given start (stroke-3) as stroke-5; undefined past its end. */
function startRow(start: Float32Array | undefined, t: number): Float32Array | undefined {
  if (!start || 3 * t >= start.length) return undefined;
  const lift = start[3 * t + 2] as number;
  return Float32Array.of(start[3 * t] as number, start[3 * t + 1] as number, 1 - lift, lift, 0);
}
