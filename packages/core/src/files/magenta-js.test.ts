import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasShared, shared } from '../../../../test/shared.ts';
import { modelConfigOf, presets } from '../config.ts';
import { ModelError } from '../error.ts';
import { initialise } from '../initialise.ts';
import { parameterSpecs } from '../parameters.ts';
import { writeMagentaJs } from './magenta-js-export.ts';
import { readMagentaJs } from './magenta-js.ts';
import type { Model } from './model.ts';

const sizes = { decoderCell: 'lstm', decoderSize: 3, encoderSize: 2, latentSize: 2, mixtures: 20 } as const;

function modelOf(conditional: boolean, seed = 1): Model {
  const config = { ...modelConfigOf(presets.magenta, 1), ...sizes, conditional };
  return {
    config,
    parameters: initialise(config, seed),
    scaleFactor: 30.0571,
    lossLength: 119,
    classes: ["baker's owl \\"],
    temperatureForm: 'sketch-rnn-js',
    step: 2000,
    metrics: { reconstruction: -0.25, kl: 0.2 },
  };
}

const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Distance of two weights the files can tell apart (magenta-js-format.md: int16 / 32767 * 10). */
const QUANTUM = 10 / 32767;

describe('files of the players', () => {
  test.skipIf(!hasShared).each(['bird.gen.json', 'bear.gen.json', 'tiny.vae.json'])(
    '%s comes back as it was',
    (name) => {
      const bytes = readFileSync(shared('models', 'magenta', name));
      const [info, shapes, weights] = JSON.parse(bytes.toString()) as [Record<string, unknown>, number[][], string[]];
      const written = JSON.parse(decode(writeMagentaJs(readMagentaJs(bytes, name)).bytes)) as unknown[];
      expect(written[1]).toEqual(shapes);
      expect(written[2]).toEqual(weights);
      const { name: title, max_seq_len, scale_factor, mode } = info;
      expect(written[0]).toMatchObject({ name: title, max_seq_len, scale_factor, mode: mode === 'gen' ? 2 : mode });
    },
  );

  test.skipIf(!hasShared)('the weights are what the players compute', () => {
    const bytes = readFileSync(shared('models', 'magenta', 'bird.gen.json'));
    const weights = (JSON.parse(bytes.toString()) as [unknown, unknown, string[]])[2];
    const integers = Buffer.from(weights[1] as string, 'base64');
    const expected = Float32Array.from({ length: 123 }, (_, i) => (integers.readInt16LE(2 * i) / 32767) * 10);
    const bias = readMagentaJs(bytes, 'bird').parameters['output.bias'] as Float32Array;
    for (const [i, value] of bias.entries()) expect(value).toBeCloseTo(expected[i] as number, 6);
  });
});

describe('round trips', () => {
  test.each([
    { conditional: false, script: false },
    { conditional: false, script: true },
    { conditional: true, script: false },
    { conditional: true, script: true },
  ])('weights come back within half a step: $conditional, $script', ({ conditional, script }) => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const model = modelOf(conditional, seed);
        const { parameters, ...facts } = readMagentaJs(writeMagentaJs(model, { script }).bytes, 'file');
        const { parameters: expected, config, ...rest } = model;
        expect(facts).toMatchObject(rest);
        // The encoder's sizes of a model without encoder are not kept: its parameters are the same.
        expect(parameterSpecs(facts.config)).toEqual(parameterSpecs(config));
        expect(Object.keys(parameters)).toEqual(Object.keys(expected));
        for (const [name, values] of Object.entries(expected)) {
          for (const [i, value] of values.entries()) {
            expect(Math.abs((parameters[name]?.[i] as number) - value)).toBeLessThanOrEqual(QUANTUM / 2 + 1e-6);
          }
        }
      }),
      { numRuns: 10 },
    );
  });

  test('what was read is written alike', () => {
    for (const script of [false, true]) {
      const { bytes } = writeMagentaJs(modelOf(true), { script });
      expect(writeMagentaJs(readMagentaJs(bytes, 'file'), { script }).bytes).toEqual(bytes);
    }
  });

  test('a script gives a program the text of the other form', () => {
    const model = modelOf(false);
    const script = decode(writeMagentaJs(model, { script: true }).bytes);
    expect(runInNewContext(`${script} model_raw_data`)).toBe(decode(writeMagentaJs(model).bytes));
  });
});

describe('what the form does not hold', () => {
  test('is said', () => {
    const bias = new Float32Array(123);
    bias.set([10.5, -11, 10]);
    const model: Model = {
      ...modelOf(false),
      parameters: { ...modelOf(false).parameters, 'output.bias': bias },
      temperatureForm: 'paper',
      data: { name: 'quickdraw:owl', licence: 'CC BY 4.0' },
      revision: '526d3eb',
      metrics: { reconstruction: -0.2, latentGain: 36 },
    };
    const { bytes, losses } = writeMagentaJs(model);
    expect(losses).toEqual([
      expect.stringMatching(/0\.000305/),
      expect.stringMatching(/row of zeros/),
      'output.bias: 2 of 123 weights are clipped to +-10',
      expect.stringMatching(/paper/),
      expect.stringMatching(/licence/),
      expect.stringMatching(/revision/),
      expect.stringMatching(/latentGain/),
    ]);
    expect([...(readMagentaJs(bytes, 'file').parameters['output.bias'] as Float32Array).subarray(0, 3)]).toEqual([
      10, -10, 10,
    ]);
  });

  const { config } = modelOf(true);

  test.each([
    [{ decoderCell: 'hyper' }, /decoderCell: expected lstm, got hyper - .*--set decoderCell=lstm/],
    [{ encoderCell: 'layer_norm' }, /encoderCell: expected lstm, got layer_norm/],
    [{ mixtures: 5 }, /mixtures: expected 20, got 5/],
    [{ classes: 2 }, /one class, got 2/],
    [{ latentDropout: 0.4 }, /latentDropout 0, got 0\.4/],
  ] as const)('is refused: %o', (changes, message) => {
    const changed = { ...config, ...changes };
    const model = { ...modelOf(true), config: changed, parameters: initialise(changed, 1) };
    expect(() => writeMagentaJs(model)).toThrow(message);
  });

  test('an encoder cell without encoder does not matter', () => {
    const model = modelOf(false);
    expect(() => writeMagentaJs({ ...model, config: { ...model.config, encoderCell: 'hyper' } })).not.toThrow();
  });

  test('weights that are not finite are refused', () => {
    const parameters = { ...modelOf(false).parameters, 'output.bias': new Float32Array(123).fill(NaN) };
    expect(() => writeMagentaJs({ ...modelOf(false), parameters })).toThrow(/output\.bias: expected finite weights/);
  });
});

describe('refusals', () => {
  type File = [Record<string, unknown>, number[][], string[]];

  function changed(change: (file: File) => void): Uint8Array {
    const file = JSON.parse(decode(writeMagentaJs(modelOf(false)).bytes)) as File;
    change(file);
    return encode(JSON.stringify(file));
  }

  test.each<[why: string, bytes: Uint8Array, message: RegExp]>([
    ['an empty file', new Uint8Array(), /expected JSON/],
    ['a page', encode('<html>'), /expected JSON, or a script around it, got "<html>\.\.\."/],
    ['another document', encode('{"strokes":[]}'), /is this a model of sketch_rnn\.js\?/],
    ['no name', changed(([info]) => delete info['name']), /info: name: /],
    ['another mode', changed(([info]) => (info['mode'] = 'train')), /info: mode: /],
    ['a scale factor of zero', changed(([info]) => (info['scale_factor'] = 0)), /info: scale_factor: /],
    ['a length of zero', changed(([info]) => (info['max_seq_len'] = 0)), /info: max_seq_len: /],
    [
      'a decoder said to be more',
      changed(([info]) => (info['mode'] = 1)),
      /expected 17 shapes and weights for mode 1, got 5/,
    ],
    [
      'too few weights',
      changed(([, , weights]) => weights.pop()),
      /expected 5 shapes and weights for mode 2, got 5 and 4/,
    ],
    ['3 mixtures', changed(([, shapes]) => (shapes[1] = [21])), /weights 1 \(output\.bias\): expected 42 bytes/],
    ['2^40 units', changed(([, shapes]) => (shapes[3] = [2 ** 40, 2 ** 42])), /decoderSize/],
    ['2^40 weights', changed(([, shapes]) => (shapes[0] = [2 ** 40, 123])), /weights 0 .*expected 27\d+ bytes/],
    [
      'other units',
      changed(([, shapes]) => (shapes[3] = [4, 16])),
      /weights 3 \(decoder\.hiddenWeights\): expected 128 bytes/,
    ],
    [
      'shapes that do not agree',
      changed(([, shapes]) => (shapes[2] = [4, 15])),
      /"decoder\.inputWeights": expected shape \[5, 12\], got \[4, 15\]/,
    ],
    ['weights cut short', changed(([, , weights]) => (weights[1] = 'AAAA')), /weights 1 .*expected 246 bytes.*got 3/],
    ['no base64', changed(([, , weights]) => (weights[1] = '%%%%')), /weights 1 .*expected base64/],
  ])('%s is refused', (_, bytes, message) => {
    expect(() => readMagentaJs(bytes, 'owl.gen.json')).toThrow(ModelError);
    expect(() => readMagentaJs(bytes, 'owl.gen.json')).toThrow(message);
    expect(() => readMagentaJs(bytes, 'owl.gen.json')).toThrow(/^owl\.gen\.json: /);
  });

  test('a file cut short anywhere is refused', () => {
    const { bytes } = writeMagentaJs(modelOf(false), { script: true });
    // Without its last "';" the script is still whole to a reader, but not to a program.
    for (let length = 0; length < bytes.length - 1; length += 7) {
      expect(() => readMagentaJs(bytes.subarray(0, length), 'file')).toThrow(ModelError);
    }
  });
});
