import { fold, keyOf, normals } from '@sketch-rnn/data';
import { describe, expect, test } from 'vitest';
import { worst } from '../../../../test/closeness.ts';
import { smallConfig, smallParameters } from '../../../../test/small-model.ts';
import type { Cell } from '../config.ts';
import { stateSize } from '../parameters.ts';
import { type PlainCell, plainCell } from './cell.ts';
import type { Floats } from './precision.ts';

const kinds: readonly Cell[] = ['lstm', 'layer_norm', 'hyper'];
const { decoderSize: size, hyperSize } = smallConfig();

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** Some numbers, the same for the same seed. */
const some = (count: number, seed: number): Float64Array => Float64Array.from(normals(fold(keyOf(3), seed), count));

type Weights = Record<string, Float64Array>;

const x = some(5, 2);
const stateOf = (kind: Cell): Float64Array => some(stateSize(kind, size, hyperSize), 1);

/** The unconditional model's decoder cell, its weights altered by `change`. */
function cellOf(kind: Cell, change: (weights: Weights) => void = () => {}): PlainCell {
  const config = smallConfig({ conditional: false, decoderCell: kind });
  const entries = Object.entries(smallParameters(config, 5));
  const weights = Object.fromEntries(entries.map(([name, values]) => [name, Float64Array.from(values)]));
  change(weights);
  return plainCell((name) => weights[name] as Float64Array, 'decoder', { cell: kind, size });
}

/** c of the large cell, by the packing `parameterSpecs` tells of. */
function cOf(kind: Cell, state: Floats): Floats {
  const start = { lstm: 0, layer_norm: size, hyper: size + hyperSize }[kind];
  return state.subarray(start, start + size);
}

function hOf(kind: Cell, state: Floats): Floats {
  return kind === 'lstm' ? state.subarray(size) : state.subarray(0, size);
}

/** Sets gates' pre-activations whatever the inputs are. */
function hold(weights: Weights, kind: Cell, gates: { i?: number; j?: number; f?: number; o?: number }): void {
  const [added, scaled] =
    kind === 'lstm'
      ? ['decoder.bias', ['decoder.inputWeights', 'decoder.hiddenWeights']]
      : ['decoder.gates.beta', ['decoder.gates.gamma']];
  for (const [gate, value] of Object.entries(gates)) {
    const block = 'ijfo'.indexOf(gate);
    for (const name of scaled) {
      weights[name] = (weights[name] as Float64Array).map((weight, at) =>
        Math.floor((at % (4 * size)) / size) === block ? 0 : weight,
      );
    }
    weights[added]?.fill(value, block * size, (block + 1) * size);
  }
}

describe.for(kinds)('a cell: %s', (kind) => {
  const state = stateOf(kind);

  test('keeps c where it forgets nothing and takes nothing in', () => {
    const cell = cellOf(kind, (weights) => hold(weights, kind, { i: -50, f: 50 }));
    expect(worst(cOf(kind, cell.step({ x }, state)), cOf(kind, state))).toBeLessThan(1e-12);
  });

  test('forgets by sig(f + 1)', () => {
    const cell = cellOf(kind, (weights) => hold(weights, kind, { i: -50, f: 0.3 }));
    const expected = cOf(kind, state).map((c) => c * sigmoid(1.3));
    expect(worst(cOf(kind, cell.step({ x }, state)), expected)).toBeLessThan(1e-12);
  });

  test('takes in sig(i) tanh(j), dropped units aside', () => {
    const cell = cellOf(kind, (weights) => hold(weights, kind, { i: 0.7, j: -0.4, f: -50 }));
    const drop = Float64Array.from({ length: size }, (_, u) => (u % 2) / 0.8);
    const expected = drop.map((factor) => sigmoid(0.7) * Math.tanh(-0.4) * factor);
    expect(worst(cOf(kind, cell.step({ x, drop }, state)), expected)).toBeLessThan(1e-12);
  });

  test('shows h of the packed state, nothing where the output gate is shut', () => {
    const next = cellOf(kind).step({ x }, state);
    expect(cellOf(kind).hidden(next)).toEqual(hOf(kind, next));
    const shut = cellOf(kind, (weights) => hold(weights, kind, { o: -50 }));
    expect(worst(shut.hidden(shut.step({ x }, state)), new Float64Array(size))).toBeLessThan(1e-12);
  });

  test('leaves the state it was given', () => {
    const given = state.slice();
    cellOf(kind).step({ x }, given);
    expect(given).toEqual(state);
  });
});

test('lstm lets tanh(c) out', () => {
  const cell = cellOf('lstm', (weights) => hold(weights, 'lstm', { o: 0.2 }));
  const next = cell.step({ x }, stateOf('lstm'));
  const expected = cOf('lstm', next).map((c) => sigmoid(0.2) * Math.tanh(c));
  expect(worst(cell.hidden(next), expected)).toBeLessThan(1e-12);
});

test.for(['layer_norm', 'hyper'] as const)('%s lets tanh(LN(c)) out and carries on c', (kind) => {
  const gamma = some(size, 8);
  const beta = some(size, 9);
  const cell = cellOf(kind, (weights) => {
    hold(weights, kind, { o: 0.2 });
    weights['decoder.cell.gamma'] = gamma;
    weights['decoder.cell.beta'] = beta;
  });
  const next = cell.step({ x }, stateOf(kind));
  const c = [...cOf(kind, next)];
  const mean = c.reduce((sum, value) => sum + value, 0) / size;
  const variance = c.reduce((sum, value) => sum + (value - mean) ** 2, 0) / size;
  const expected = c.map((value, u) => {
    const unit = (value - mean) / Math.sqrt(variance + 1e-3);
    return sigmoid(0.2) * Math.tanh((gamma[u] as number) * unit + (beta[u] as number));
  });
  expect(worst(cell.hidden(next), expected)).toBeLessThan(1e-12);
});

test.for(['lstm', 'layer_norm'] as const)('%s adds up x W and h U: h may as well be part of x', (kind) => {
  const state = stateOf(kind);
  const h = hOf(kind, state);
  const joined = cellOf(kind, (weights) => {
    const { 'decoder.inputWeights': input = x, 'decoder.hiddenWeights': hidden = x } = weights;
    weights['decoder.inputWeights'] = Float64Array.of(...input, ...hidden);
  });
  const unheard = state.slice();
  hOf(kind, unheard).fill(0);
  const expected = joined.step({ x: Float64Array.of(...x, ...h) }, unheard);
  expect(worst(cellOf(kind).step({ x }, state), expected)).toBeLessThan(1e-12);
});

test.for(['layer_norm', 'hyper'] as const)('%s does not see the scale of what its gates add up', (kind) => {
  // Large enough that the epsilon of the norm is nothing.
  const scaled = (factor: number): Floats => {
    const cell = cellOf(kind, (weights) => {
      for (const [name, values] of Object.entries(weights)) {
        if (/^decoder\.(inputWeights|hiddenWeights|bias)$|\.shift$/.test(name)) {
          weights[name] = values.map((value) => factor * value);
        }
      }
    });
    return cell.step({ x }, stateOf(kind));
  };
  expect(worst(scaled(3e4), scaled(1e4))).toBeLessThan(1e-6);
});
