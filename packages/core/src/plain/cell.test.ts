import { fold, keyOf, normals } from '@sketch-rnn/data';
import { describe, expect, test } from 'vitest';
import { worst } from '../../../../test/closeness.ts';
import { smallConfig, smallParameters } from '../../../../test/small-model.ts';
import type { Cell } from '../config.ts';
import { stateSize } from '../parameters.ts';
import { type PlainCell, plainCell } from './cell.ts';
import type { Floats } from './precision.ts';

const cells: readonly Cell[] = ['lstm', 'layer_norm', 'hyper'];

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** Some numbers, the same for the same seed. */
const some = (count: number, seed: number): Float64Array => Float64Array.from(normals(fold(keyOf(3), seed), count));

/** The unconditional model's decoder cell: 5 inputs, `D` units; `change` alters its weights before it is made. */
function decoderCell(
  cell: Cell,
  change: (parameters: Record<string, Float64Array>) => void = () => {},
): { cell: PlainCell; size: number; inner: number; state: Float64Array; input: Float64Array } {
  const config = smallConfig({ conditional: false, decoderCell: cell });
  const parameters = Object.fromEntries(
    Object.entries(smallParameters(config, 5)).map(([name, values]) => [name, Float64Array.from(values)]),
  );
  change(parameters);
  const { decoderSize: size, hyperSize: inner } = config;
  return {
    cell: plainCell((name) => parameters[name] as Float64Array, 'decoder', { cell, size }),
    size,
    inner,
    state: some(stateSize(cell, size, inner), 1),
    input: some(5, 2),
  };
}

/** The two halves of a state that are h and c of the large cell. */
function parts(cell: Cell, state: Floats, size: number, inner: number): { h: Floats; c: Floats } {
  if (cell === 'lstm') return { c: state.subarray(0, size), h: state.subarray(size) };
  if (cell === 'layer_norm') return { h: state.subarray(0, size), c: state.subarray(size) };
  return { h: state.subarray(0, size), c: state.subarray(size + inner, 2 * size + inner) };
}

/** Sets a gate's pre-activation (0 i, 1 j, 2 f, 3 o) to `value` whatever the inputs are. */
function hold(parameters: Record<string, Float64Array>, cell: Cell, gate: number, value: number): void {
  const [added, scaled] =
    cell === 'lstm'
      ? ['decoder.bias', ['decoder.inputWeights', 'decoder.hiddenWeights']]
      : ['decoder.gates.beta', ['decoder.gates.gamma']];
  const size = (parameters[added] as Float64Array).length / 4;
  for (const name of scaled) {
    const weights = parameters[name] as Float64Array;
    weights.forEach((_, i) => {
      if (Math.floor((i % (4 * size)) / size) === gate) weights[i] = 0;
    });
  }
  (parameters[added] as Float64Array).fill(value, gate * size, (gate + 1) * size);
}

describe.for(cells)('a cell: %s', (kind) => {
  test('keeps c where it forgets nothing and takes nothing in', () => {
    const { cell, size, inner, state, input } = decoderCell(kind, (parameters) => {
      hold(parameters, kind, 0, -50);
      hold(parameters, kind, 2, 50);
    });
    const before = parts(kind, state, size, inner).c.slice();
    expect(worst(parts(kind, cell.step(input, state), size, inner).c, before)).toBeLessThan(1e-12);
  });

  test('forgets by sig(f + 1)', () => {
    const { cell, size, inner, state, input } = decoderCell(kind, (parameters) => {
      hold(parameters, kind, 0, -50);
      hold(parameters, kind, 2, 0.3);
    });
    const expected = parts(kind, state, size, inner).c.map((c) => c * sigmoid(1.3));
    expect(worst(parts(kind, cell.step(input, state), size, inner).c, expected)).toBeLessThan(1e-12);
  });

  test('takes in sig(i) tanh(j), dropped units aside', () => {
    const { cell, size, inner, state, input } = decoderCell(kind, (parameters) => {
      hold(parameters, kind, 0, 0.7);
      hold(parameters, kind, 1, -0.4);
      hold(parameters, kind, 2, -50);
    });
    const drop = Float64Array.from({ length: size }, (_, u) => (u % 2) / 0.8);
    const expected = drop.map((factor) => sigmoid(0.7) * Math.tanh(-0.4) * factor);
    expect(worst(parts(kind, cell.step(input, state, drop), size, inner).c, expected)).toBeLessThan(1e-12);
  });

  test('shows h in the state as packed, and nothing of it where the output gate is shut', () => {
    const open = decoderCell(kind);
    const next = open.cell.step(open.input, open.state);
    expect(open.cell.hidden(next)).toEqual(parts(kind, next, open.size, open.inner).h);
    const shut = decoderCell(kind, (parameters) => hold(parameters, kind, 3, -50));
    expect(worst(shut.cell.hidden(shut.cell.step(shut.input, shut.state)), new Float64Array(shut.size))).toBeLessThan(
      1e-12,
    );
  });

  test('leaves the state it was given', () => {
    const { cell, state, input } = decoderCell(kind);
    const before = state.slice();
    cell.step(input, state);
    expect(state).toEqual(before);
  });
});

test('lstm lets tanh(c) out', () => {
  const { cell, size, inner, state, input } = decoderCell('lstm', (parameters) => hold(parameters, 'lstm', 3, 0.2));
  const next = cell.step(input, state);
  const expected = parts('lstm', next, size, inner).c.map((c) => sigmoid(0.2) * Math.tanh(c));
  expect(worst(cell.hidden(next), expected)).toBeLessThan(1e-12);
});

test.for(['layer_norm', 'hyper'] as const)('%s lets tanh(LN(c)) out and carries on c', (kind) => {
  const gamma = some(6, 8);
  const beta = some(6, 9);
  const { cell, size, inner, state, input } = decoderCell(kind, (parameters) => {
    hold(parameters, kind, 3, 0.2);
    parameters['decoder.cell.gamma'] = gamma;
    parameters['decoder.cell.beta'] = beta;
  });
  const next = cell.step(input, state);
  const { c } = parts(kind, next, size, inner);
  const mean = [...c].reduce((sum, value) => sum + value, 0) / size;
  const variance = [...c].reduce((sum, value) => sum + (value - mean) ** 2, 0) / size;
  const expected = c.map((value, u) => {
    const unit = (value - mean) / Math.sqrt(variance + 1e-3);
    return sigmoid(0.2) * Math.tanh((gamma[u] as number) * unit + (beta[u] as number));
  });
  expect(worst(cell.hidden(next), expected)).toBeLessThan(1e-12);
});

test('layer_norm does not see its weights scaled, hyper does not see them scaled with its bias', () => {
  // Large enough that the epsilon of the norm is nothing.
  const scaled = (kind: 'layer_norm' | 'hyper', factor: number): Floats => {
    const { cell, state, input } = decoderCell(kind, (parameters) => {
      for (const name of ['inputWeights', 'hiddenWeights', 'bias']) {
        const weights = parameters[`decoder.${name}`];
        weights?.forEach((weight, i) => (weights[i] = 1e4 * factor * weight));
      }
      for (const [name, values] of Object.entries(parameters)) if (name.endsWith('.shift')) values.fill(0);
    });
    return cell.step(input, state);
  };
  expect(worst(scaled('layer_norm', 3), scaled('layer_norm', 1))).toBeLessThan(1e-6);
  expect(worst(scaled('hyper', 3), scaled('hyper', 1))).toBeLessThan(1e-6);
});
