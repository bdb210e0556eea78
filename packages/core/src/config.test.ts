import { describe, expect, test } from 'vitest';
import { checkConfig, checkModelConfig, configFrom, modelConfigOf, nearest, presets } from './config.ts';
import { conditionSize, outputSize, parameterSpecs } from './parameters.ts';

describe('a config', () => {
  test.for(Object.entries(presets))('%s is complete and valid', ([, preset]) => {
    expect(checkConfig(preset)).toEqual(preset);
  });

  test.for([
    [{ encoderSise: 3 }, 'config: unknown field "encoderSise" - did you mean "encoderSize"?'],
    [{ wobble: 1 }, /config: unknown field "wobble" - known: conditional, encoderCell/],
    [{ decoderCell: 'gru' }, /config\.decoderCell: .*"lstm"\|"layer_norm"\|"hyper".*, got "gru"/],
    [{ encoderSize: 1.5 }, /config\.encoderSize: .*int.*, got 1\.5/],
    [{ recurrentDropout: 1 }, /config\.recurrentDropout: .*<1.*, got 1/],
    [{ learningRate: 'fast' }, /config\.learningRate: .*number.*, got "fast"/],
    [{ klWeight: Number.NaN }, /config\.klWeight/],
    [{ mixtures: 0 }, /config\.mixtures: .*>=1.*, got 0/],
  ] as const)('%o is refused by name', ([changes, message]) => {
    expect(() => configFrom('tiny', changes)).toThrow(message);
  });

  test('a missing field is named', () => {
    const { mixtures, ...rest } = presets.tiny;
    expect(mixtures).toBe(5);
    expect(() => checkConfig(rest)).toThrow(/config\.mixtures: .*got nothing/);
    expect(() => checkConfig(undefined)).toThrow(/^config: /);
  });

  test('its model part is what a model file must hold', () => {
    const model = modelConfigOf(presets.tiny, 3);
    expect(checkModelConfig(model)).toEqual(model);
    expect(() => checkModelConfig({ ...model, learningRate: 1 })).toThrow(/unknown field "learningRate"/);
    expect(() => checkModelConfig({ ...model, classes: 0 })).toThrow(/config\.classes/);
  });
});

describe('shapes', () => {
  const parameters = (config: Parameters<typeof parameterSpecs>[0]): number =>
    Object.values(parameterSpecs(config)).reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);

  // Counted in Magenta's graph.
  test("the magenta preset has Magenta's number of parameters", () => {
    const config = presets.magenta;
    expect(parameters(modelConfigOf(config, 1))).toBe(2_186_107);
    expect(parameters(modelConfigOf({ ...config, conditional: false }, 1))).toBe(1_123_963);
  });

  test('the condition has z, then the flag, then the class', () => {
    const at = (changes: object, classes: number): number =>
      conditionSize(modelConfigOf({ ...presets.tiny, latentSize: 8, classEmbedding: 4, ...changes }, classes));
    expect(at({}, 1)).toBe(8);
    expect(at({ latentDropout: 0.3 }, 1)).toBe(9);
    expect(at({ latentDropout: 0.3 }, 2)).toBe(13);
    expect(at({ conditional: false, latentDropout: 0.3 }, 2)).toBe(4);
    expect(at({ conditional: false }, 1)).toBe(0);
  });

  test('the output has three pen states and six numbers a Gaussian', () => {
    expect(outputSize({ mixtures: 20 })).toBe(123);
  });
});

describe('the nearest name', () => {
  test('is proposed where it is near, whatever its case', () => {
    expect(nearest('Decodersize', ['encoderSize', 'decoderSize'])).toBe('did you mean "decoderSize"?');
  });

  test('else all are listed, the first forty of many', () => {
    expect(nearest('zzzzzz', ['a', 'b'])).toBe('known: a, b');
    expect(
      nearest(
        'zzzzzz',
        Array.from({ length: 50 }, (_, i) => `n${i}`),
      ),
    ).toMatch(/, n39, and 10 more$/);
  });
});
