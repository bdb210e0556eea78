import { fold, keyOf, normals } from '@sketch-rnn/data';
import { describe, expect, test } from 'vitest';
import { worst } from '../../../../test/closeness.ts';
import { smallConfig, smallParameters } from '../../../../test/small-model.ts';
import { GATES, stateSize } from '../parameters.ts';
import { plainCell } from './cell.ts';
import type { Floats } from './precision.ts';

const config = smallConfig({ conditional: false, decoderCell: 'hyper' });
const { decoderSize: size, hyperSize: inner, hyperEmbedding } = config;
const weights = Object.fromEntries(
  Object.entries(smallParameters(config, 5)).map(([name, values]) => [name, Float64Array.from(values)]),
);
const weight = (name: string): Float64Array => weights[`decoder.${name}`] as Float64Array;
const some = (count: number, seed: number): Float64Array => Float64Array.from(normals(fold(keyOf(3), seed), count));

const cell = plainCell((name) => weights[name] as Floats, 'decoder', { cell: 'hyper', size });
const x = some(5, 2);
const state = some(stateSize('hyper', size, inner), 1);
const h = state.subarray(0, size);
const c = state.subarray(size + inner, 2 * size + inner);
const innerOf = (packed: Floats): Float64Array =>
  Float64Array.of(...packed.subarray(size, size + inner), ...packed.subarray(2 * size + inner));

/** The inner cell's next state, [h | c]. */
const innerCell = plainCell((name) => weights[name] as Floats, 'decoder.inner', { cell: 'layer_norm', size: inner });
const innerNext = innerCell.step({ x: Float64Array.of(...x, ...h) }, innerOf(state));

/** v M, `[columns]`. */
function product(v: readonly number[], matrix: Float64Array, columns: number): number[] {
  return Array.from({ length: columns }, (_, u) =>
    v.reduce((sum, value, row) => sum + value * (matrix[row * columns + u] as number), 0),
  );
}

/** h of the inner cell in an embedding, `[e]`. */
const embedded = (name: string): number[] => product([...innerNext.subarray(0, inner)], weight(name), hyperEmbedding);

/** What a part (`ix`, `fh`, ...) of x W or h U is multiplied by, `[size]`. */
function scaleOf(part: string): number[] {
  const bias = weight(`hyper.${part}.embedding.bias`);
  const z = embedded(`hyper.${part}.embedding.weights`).map((value, e) => value + (bias[e] as number));
  return product(z, weight(`hyper.${part}.scale`), size);
}

describe('a hyper cell', () => {
  test('has an inner layer_norm cell over [x | h], which dropout does not touch', () => {
    expect(worst(innerOf(cell.step({ x, drop: new Float64Array(size) }, state)), innerNext)).toBeLessThan(1e-12);
  });

  test('is a layer_norm cell whose weights the inner cell scales, unit by unit, and shifts', () => {
    const scaled = (matrix: Float64Array, part: 'x' | 'h'): Float64Array => {
      const scales = GATES.flatMap((gate) => scaleOf(`${gate}${part}`));
      return matrix.map((value, at) => value * (scales[at % (4 * size)] as number));
    };
    const shifts = GATES.flatMap((gate) =>
      product(embedded(`hyper.${gate}h.shiftEmbedding`), weight(`hyper.${gate}h.shift`), size),
    ).map((shift, unit) => shift + (weight('bias')[unit] as number));
    // A sixth input that is always 1 carries the shifts.
    const changed: Record<string, Float64Array> = {
      ...weights,
      'decoder.inputWeights': Float64Array.of(...scaled(weight('inputWeights'), 'x'), ...shifts),
      'decoder.hiddenWeights': scaled(weight('hiddenWeights'), 'h'),
    };
    const layerNorm = plainCell((name) => changed[name] as Floats, 'decoder', { cell: 'layer_norm', size });
    const drop = Float64Array.from({ length: size }, (_, u) => (u % 2) / 0.8);
    const expected = layerNorm.step({ x: Float64Array.of(...x, 1), drop }, Float64Array.of(...h, ...c));
    const next = cell.step({ x, drop }, state);
    const outer = [...next.subarray(0, size), ...next.subarray(size + inner, 2 * size + inner)];
    expect(worst(outer, expected)).toBeLessThan(1e-12);
  });
});
