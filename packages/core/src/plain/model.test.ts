import { expect, test } from 'vitest';
import { pack } from '@sketch-rnn/data';
import { smallConfig, smallParameters, smallSketches } from '../../../../test/small-model.ts';
import { plainModel, plainScore } from './index.ts';

const config = smallConfig();
const parameters = smallParameters(config, 2);

test('a parameter that is missing or of another size is named', () => {
  const { 'output.bias': bias, ...others } = parameters;
  expect(() => plainModel({ config, parameters: others })).toThrow(
    'parameter output.bias: expected 27 numbers, got none - do config and weights belong together?',
  );
  const short = { ...others, 'output.bias': (bias ?? new Float32Array()).subarray(1) };
  expect(() => plainModel({ config, parameters: short })).toThrow('expected 27 numbers, got 26');
});

test('float32 and float64 agree up to rounding', () => {
  const request = {
    batch: pack(smallSketches([5, 3], 1)),
    condition: { z: new Float32Array(2 * config.latentSize).fill(0.3) },
  };
  const single = plainScore(plainModel({ config, parameters }, Float32Array), request);
  const double = plainScore(plainModel({ config, parameters }), request);
  expect(single.offset).toBeInstanceOf(Float32Array);
  expect(double.offset).toBeInstanceOf(Float64Array);
  for (const [row, value] of double.offset.entries()) {
    expect(single.offset[row]).not.toBe(value === 0 ? NaN : value);
    expect(single.offset[row]).toBeCloseTo(value, 4);
    expect(single.pen[row]).toBeCloseTo(double.pen[row] as number, 5);
  }
});

test('a conditional model scores under some z', () => {
  const batch = pack(smallSketches([5], 1));
  expect(() => plainScore(plainModel({ config, parameters }), { batch, condition: {} })).toThrow('condition.z');
  const without = { batch, condition: { hasLatent: Uint8Array.of(0) } };
  const zero = { batch, condition: { z: new Float32Array(config.latentSize) } };
  const model = plainModel({ config, parameters });
  // Without latent dropout there is no flag: no latent is a latent of zeros.
  expect(plainScore(model, without)).toEqual(plainScore(model, zero));
});
