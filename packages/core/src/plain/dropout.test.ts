import { describe, expect, test } from 'vitest';
import { worst } from '../../../../test/closeness.ts';
import { smallConfig, smallParameters, smallStep } from '../../../../test/small-model.ts';
import { conditionSize } from '../parameters.ts';
import { plainCosts, plainDecoder, plainModel, plainTraces } from './index.ts';

describe('dropout', () => {
  const config = smallConfig();
  const model = plainModel({ config, parameters: smallParameters(config, 2) });
  const step = smallStep(config);
  const rows = step.batch.decoderInputs.length / 5;
  const encoderRows = step.batch.encoderRows.length / 5;
  const all = {
    encoderForward: new Float32Array(encoderRows * config.encoderSize),
    encoderBackward: new Float32Array(encoderRows * config.encoderSize),
    decoder: new Float32Array(rows * config.decoderSize),
    input: new Float32Array(rows * (5 + conditionSize(config))),
    output: new Float32Array(rows * config.decoderSize),
  };
  const rates = { recurrentDropout: 0.1, inputDropout: 0.2, outputDropout: 0.3, seed: 0 };

  test('does nothing without masks, and without a rate', () => {
    const expected = plainCosts(model, step);
    expect(plainCosts(model, { ...step, dropout: rates })).toEqual(expected);
    expect(plainCosts(model, { ...step, dropout: { ...step.dropout, masks: all } })).toEqual(expected);
  });

  test('of the whole output leaves its bias', () => {
    const dropout = { ...rates, masks: { output: all.output } };
    const bias = Float64Array.from(smallParameters(config, 2)['output.bias'] ?? []);
    for (const { decoded } of plainTraces(model, { ...step, dropout })) {
      for (const raw of decoded.raws) expect(worst(raw, bias)).toBe(0);
    }
  });

  test('of the whole input makes a step blind to its row', () => {
    const dropout = { ...rates, masks: { input: all.input } };
    const blind = plainTraces(model, { ...step, dropout })[0]?.decoded;
    const decoder = plainDecoder(model, { z: plainTraces(model, step)[0]?.z });
    const drops = { input: new Float64Array(5 + conditionSize(config)), recurrent: undefined, output: undefined };
    const { raw } = decoder.step(Float64Array.of(9, 9, 0, 0, 1), decoder.initial, drops);
    expect(worst(raw, blind?.raws[0] ?? [])).toBe(0);
  });

  test('keeps the mean: what is kept is divided by its probability', () => {
    // Kept whole at rate 0.2, an input counts 1.25 times: as if its weights were larger.
    const larger = Object.fromEntries(
      Object.entries(smallParameters(config, 2)).map(([name, values]) => {
        const scaled = Float64Array.from(values, (x) => (name === 'decoder.inputWeights' ? x / 0.8 : x));
        return [name, scaled];
      }),
    );
    const masks = { input: all.input.map(() => 1) };
    const dropped = plainCosts(model, { ...step, dropout: { ...rates, masks } });
    expect(dropped.total).toBeCloseTo(plainCosts(plainModel({ config, parameters: larger }), step).total, 12);
  });
});
