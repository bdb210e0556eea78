import { fold, keyOf, normals } from '@sketch-rnn/data';
import { describe, expect, test } from 'vitest';
import { worst } from '../../../../test/closeness.ts';
import { smallConfig, smallParameters } from '../../../../test/small-model.ts';
import { GATES, stateSize } from '../parameters.ts';
import { plainCell } from './cell.ts';
import { type Floats } from './precision.ts';

const config = smallConfig({ conditional: false, decoderCell: 'hyper' });
const { decoderSize: size, hyperSize: inner, hyperEmbedding } = config;
const weights = Object.fromEntries(
  Object.entries(smallParameters(config, 5)).map(([name, values]) => [name, Float64Array.from(values)]),
);
const weight = (name: string): Float64Array => weights[`decoder.${name}`] as Float64Array;
const some = (count: number, seed: number): Float64Array => Float64Array.from(normals(fold(keyOf(3), seed), count));

const cell = plainCell((name) => weights[name] as Floats, 'decoder', { cell: 'hyper', size });
const input = some(5, 2);
const state = some(stateSize('hyper', size, inner), 1);
const h = state.subarray(0, size);
const c = state.subarray(size + inner, 2 * size + inner);
const innerOf = (packed: Floats): Float64Array =>
  Float64Array.of(...packed.subarray(size, size + inner), ...packed.subarray(2 * size + inner));

/** The inner cell's next state, [h | c]. */
const innerNext = plainCell((name) => weights[name] as Floats, 'decoder.inner', {
  cell: 'layer_norm',
  size: inner,
}).step(Float64Array.of(...input, ...h), innerOf(state));

/** Element `u` of x W, W `[x.length, columns]`. */
function column(x: ArrayLike<number>, matrix: ArrayLike<number>, columns: number, u: number): number {
  return Array.from(x).reduce((sum, value, row) => sum + value * (matrix[row * columns + u] as number), 0);
}

/** q = h of the inner cell through an embedding `[inner, e]` and on to unit `u` by `[e, size]`. */
function heard(embedding: string, bias: Float64Array | undefined, onward: string, u: number): number {
  const q = innerNext.subarray(0, inner);
  const embedded = Array.from({ length: hyperEmbedding }, (_, e) => {
    return column(q, weight(embedding), hyperEmbedding, e) + (bias?.[e] ?? 0);
  });
  return column(embedded, weight(onward), size, u);
}

describe('a hyper cell', () => {
  test('has an inner layer_norm cell over [x | h], which dropout does not touch', () => {
    expect(worst(innerOf(cell.step(input, state, new Float64Array(size))), innerNext)).toBeLessThan(1e-12);
  });

  test('is a layer_norm cell whose weights the inner cell scales, unit by unit, and shifts', () => {
    const scaled = (part: 'x' | 'h', matrix: Float64Array): Float64Array =>
      matrix.map((value, at) => {
        const unit = at % (4 * size);
        const name = `hyper.${GATES[Math.floor(unit / size)]}${part}`;
        return (
          value * heard(`${name}.embedding.weights`, weight(`${name}.embedding.bias`), `${name}.scale`, unit % size)
        );
      });
    const shifts = weight('bias').map((bias, unit) => {
      const name = `hyper.${GATES[Math.floor(unit / size)]}h`;
      return bias + heard(`${name}.shiftEmbedding`, undefined, `${name}.shift`, unit % size);
    });
    // A sixth input that is always 1 carries the shifts.
    const changed: Record<string, Float64Array> = {
      ...weights,
      'decoder.inputWeights': Float64Array.of(...scaled('x', weight('inputWeights')), ...shifts),
      'decoder.hiddenWeights': scaled('h', weight('hiddenWeights')),
    };
    const layerNorm = plainCell((name) => changed[name] as Floats, 'decoder', { cell: 'layer_norm', size });
    const drop = Float64Array.from({ length: size }, (_, u) => (u % 2) / 0.8);
    const expected = layerNorm.step(Float64Array.of(...input, 1), Float64Array.of(...h, ...c), drop);
    const next = cell.step(input, state, drop);
    const outer = [...next.subarray(0, size), ...next.subarray(size + inner, 2 * size + inner)];
    expect(worst(outer, expected)).toBeLessThan(1e-12);
  });
});
