import { describe, expect, test } from 'vitest';
import { configFrom, modelConfigOf } from './config.ts';
import { initialise } from './initialise.ts';
import { type ParameterSpec, parameterSpecs } from './parameters.ts';

const config = modelConfigOf(configFrom('tiny', { encoderCell: 'hyper', decoderCell: 'hyper' }), 2);
const parameters = initialise(config, 1);
const named = (name: string): Float32Array => parameters[name] as Float32Array;

describe('fresh weights', () => {
  test('have every parameter in its shape, and are finite', () => {
    for (const [name, { shape }] of Object.entries(parameterSpecs(config))) {
      expect(named(name).length, name).toBe(shape.reduce((product, side) => product * side, 1));
      expect(named(name).every(Number.isFinite), name).toBe(true);
    }
    expect(Object.keys(parameters)).toEqual(Object.keys(parameterSpecs(config)));
  });

  test('depend on the seed alone', () => {
    expect(initialise(config, 1)).toEqual(parameters);
    expect(initialise(config, 2)['output.weights']).not.toEqual(parameters['output.weights']);
  });

  test('hidden weights are orthogonal, each gate on its own', () => {
    const size = config.decoderSize;
    const weights = named('decoder.hiddenWeights');
    for (let gate = 0; gate < 4; gate++) {
      for (let a = 0; a < size; a++) {
        for (let b = 0; b < size; b++) {
          let dot = 0;
          for (let k = 0; k < size; k++) {
            dot +=
              (weights[a * 4 * size + gate * size + k] as number) * (weights[b * 4 * size + gate * size + k] as number);
          }
          expect(Math.abs(dot - (a === b ? 1 : 0))).toBeLessThan(1e-6);
        }
      }
    }
  });

  test('input weights are uniform up to the Glorot limit', () => {
    const [rows, columns] = (parameterSpecs(config)['output.weights'] as ParameterSpec).shape as [number, number];
    const limit = Math.sqrt(6 / (rows + columns));
    const values = named('output.weights');
    const largest = values.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    expect(largest).toBeLessThanOrEqual(limit);
    expect(largest).toBeGreaterThan(0.98 * limit);
    const variance = values.reduce((sum, x) => sum + x * x, 0) / values.length;
    expect(variance / (limit ** 2 / 3)).toBeCloseTo(1, 1);
  });

  test("the rest starts as Magenta's does", () => {
    const all = (name: string, value: number): void =>
      expect([...new Set(named(name))], name).toEqual([Math.fround(value)]);
    all('decoder.bias', 0);
    all('decoder.gates.gamma', 1);
    all('decoder.gates.beta', 0);
    all('decoder.hyper.ix.embedding.weights', 0);
    all('decoder.hyper.ix.embedding.bias', 1);
    all('decoder.hyper.ix.scale', 0.1 / config.hyperEmbedding);
    all('decoder.hyper.fh.shift', 0);
    all('latent.mean.bias', 0);
    const head = named('latent.mean.weights');
    const deviation = Math.sqrt(head.reduce((sum, x) => sum + x * x, 0) / head.length);
    // Five standard errors of a standard deviation.
    expect(Math.abs(deviation / 0.001 - 1)).toBeLessThan(5 / Math.sqrt(2 * head.length));
  });
});
