import { pack } from '@sketch-rnn/data';
import { describe, expect, test } from 'vitest';
import { worst } from '../../../../test/closeness.ts';
import { smallConfig, smallParameters, smallSketches } from '../../../../test/small-model.ts';
import type { Cell } from '../config.ts';
import { plainEncode, plainModel, type PlainModel, plainTraces } from './index.ts';

const cells: readonly Cell[] = ['lstm', 'layer_norm', 'hyper'];
const sketches = smallSketches([4, 9, 6], 1);
const noDropout = { recurrentDropout: 0, inputDropout: 0, outputDropout: 0, seed: 0 };

/** A model whose two directions have the same weights. */
function symmetric(encoderCell: Cell): PlainModel {
  const config = smallConfig({ encoderCell });
  const parameters = { ...smallParameters(config, 2) };
  for (const [name, values] of Object.entries(parameters)) {
    if (name.startsWith('encoder.forward')) parameters[name.replace('forward', 'backward')] = values;
  }
  return plainModel({ config, parameters });
}

describe.for(cells)('an encoder: %s', (encoderCell) => {
  test('reads backwards what it reads forwards of a sketch turned round', () => {
    const model = symmetric(encoderCell);
    const turned = sketches.map((sketch) => {
      const rows = Array.from({ length: sketch.length / 3 }, (_, t) => sketch.subarray(3 * t, 3 * t + 3));
      return Float32Array.from(rows.toReversed().flatMap((row) => [...row]));
    });
    const encode = (of: readonly Float32Array[]): ReturnType<typeof plainTraces> => {
      const batch = pack(of);
      const epsilon = new Float32Array(of.length * model.config.latentSize);
      return plainTraces(model, { batch, epsilon, dropout: noDropout });
    };
    const there = encode(sketches);
    for (const [i, back] of encode(turned).entries()) {
      expect(worst(back.encoded?.forward ?? [], there[i]?.encoded?.backward ?? [])).toBeLessThan(1e-12);
      expect(worst(back.encoded?.backward ?? [], there[i]?.encoded?.forward ?? [])).toBeLessThan(1e-12);
    }
  });

  test('says of a sketch the same whatever lies beside it', () => {
    const config = smallConfig({ encoderCell });
    const model = plainModel({ config, parameters: smallParameters(config, 2) });
    const batch = pack(sketches);
    const together = plainEncode(model, batch);
    for (const [i, index] of batch.order.entries()) {
      const alone = plainEncode(model, pack(sketches.slice(index, index + 1)));
      const range = [i * config.latentSize, (i + 1) * config.latentSize] as const;
      expect(worst(together.mean.subarray(...range), alone.mean)).toBe(0);
      expect(worst(together.logVariance.subarray(...range), alone.logVariance)).toBe(0);
    }
  });
});

test('a model without encoder does not encode', () => {
  const config = smallConfig({ conditional: false });
  const model = plainModel({ config, parameters: smallParameters(config, 2) });
  expect(() => plainEncode(model, pack(sketches))).toThrow('expected a conditional model');
});
