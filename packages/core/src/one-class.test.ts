import { describe, expect, test } from 'vitest';
import { pack } from '@sketch-rnn/data';
import { smallConfig, smallParameters, smallSketches } from '../../../test/small-model.ts';
import type { Config } from './config.ts';
import { ModelError } from './error.ts';
import { type Model, readModel, writeModel } from './files/model.ts';
import { oneClass } from './one-class.ts';
import { plainEncode, plainModel, plainScore } from './plain/index.ts';

/** Of each class numbers of its own. */
const latents = { mean: Float32Array.from({ length: 9 }, (_, i) => i), deviation: new Float32Array(9).fill(0.5) };

function zoo(changes: Partial<Config> = {}): Model {
  const config = smallConfig({ decoderCell: 'lstm', ...changes }, 3);
  const facts = { scaleFactor: 30, lossLength: 50, temperatureForm: 'paper' } as const;
  return {
    config,
    parameters: smallParameters(config, 4),
    classes: ['owl', 'pig', 'sun'],
    ...facts,
    weak: ['owl', 'pig'],
    latents,
  };
}

const batch = pack(smallSketches([6, 4], 1));

describe.each([0, 0.5])('latent dropout %s', (latentDropout) => {
  const model = zoo({ latentDropout });
  const z = new Float32Array(2 * model.config.latentSize).map((_, i) => Math.sin(i));
  const hasLatent = latentDropout > 0 ? { hasLatent: Uint8Array.of(1, 0) } : {};

  test.each(['owl', 'pig', 'sun'])('%s alone is as likely as under the whole model, and understood as it', (name) => {
    const alone = oneClass(model, name);
    const label = model.classes.indexOf(name);
    const whole = plainScore(plainModel(model), {
      batch,
      condition: { z, ...hasLatent, classes: Int32Array.of(label, label) },
    });
    const single = plainScore(plainModel(alone), { batch, condition: { z, ...hasLatent } });
    // Biases are rounded to single precision once.
    for (const part of ['offset', 'pen'] as const) {
      for (const [row, value] of single[part].entries()) expect(value).toBeCloseTo(whole[part][row] as number, 5);
    }
    expect(plainEncode(plainModel(alone), batch)).toEqual(plainEncode(plainModel(model), batch));
  });
});

test('what is known of the class goes with it, and the file is a model', () => {
  const alone = oneClass(zoo(), 'pig');
  expect(alone).toMatchObject({ classes: ['pig'], weak: ['pig'], scaleFactor: 30, lossLength: 50 });
  expect(alone.latents).toEqual({ mean: Float32Array.of(3, 4, 5), deviation: Float32Array.of(0.5, 0.5, 0.5) });
  expect(oneClass(zoo(), 'sun').weak).toEqual([]);
  expect(readModel(writeModel(alone), 'pig')).toEqual(alone);
  expect(oneClass(alone, 'pig')).toBe(alone);
});

test('an unknown class and a decoder without biases are refused', () => {
  expect(() => oneClass(zoo(), 'owls')).toThrow(ModelError);
  expect(() => oneClass(zoo(), 'owls')).toThrow('got "owls" - did you mean "owl"?');
  const { latents: _, ...decoderAlone } = zoo({ conditional: false });
  expect(() => oneClass(zoo({ decoderCell: 'layer_norm' }), 'owl')).toThrow('got layer_norm - ');
  expect(() => oneClass(decoderAlone, 'owl')).toThrow('got a decoder alone - ');
});
