import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { modelConfigOf, presets } from '../config.ts';
import { ModelError } from '../error.ts';
import { initialise } from '../initialise.ts';
import { readKnownModel } from './known-model.ts';
import { type Model, readModel, writeModel } from './model.ts';
import { readSafetensors, type StoredTensor, writeSafetensors } from './safetensors.ts';

const sizes = { encoderSize: 2, decoderSize: 3, latentSize: 2, mixtures: 2 };
const config = modelConfigOf({ ...presets.tiny, decoderCell: 'layer_norm', ...sizes }, 1);

const owl: Model = {
  config,
  parameters: initialise(config, 1),
  scaleFactor: 30.0571,
  lossLength: 250,
  classes: ['owl'],
  temperatureForm: 'paper',
};

const anyModel: fc.Arbitrary<Model> = fc
  .record({
    cells: fc.record({
      encoderCell: fc.constantFrom('lstm' as const, 'layer_norm' as const, 'hyper' as const),
      decoderCell: fc.constantFrom('lstm' as const, 'layer_norm' as const, 'hyper' as const),
      conditional: fc.boolean(),
      latentDropout: fc.constantFrom(0, 0.4),
    }),
    classes: fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 5 }),
    facts: fc.record({
      scaleFactor: fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
      lossLength: fc.integer({ min: 1, max: 10_000 }),
      temperatureForm: fc.constantFrom('paper' as const, 'sketch-rnn-js' as const),
    }),
    notes: fc.record(
      {
        data: fc.record(
          { name: fc.string({ minLength: 1 }), licence: fc.constant('CC BY 4.0') },
          { noNullPrototype: true },
        ),
        step: fc.nat(),
        metrics: fc.constantFrom({}, { reconstruction: -0.5, kl: 0.2 }),
        revision: fc.constant('526d3eb'),
      },
      { requiredKeys: [], noNullPrototype: true },
    ),
    seed: fc.nat(),
  })
  .map(({ cells, classes, facts, notes, seed }) => {
    const ownConfig = { ...config, ...cells, classes: classes.length };
    const weak = classes.filter((_, i) => i % 2 === 1);
    const numbers = (from: number) => new Float32Array(classes.length * config.latentSize).map((_, i) => from + i / 8);
    const latents = { mean: numbers(-1), deviation: numbers(0.5) };
    return {
      config: ownConfig,
      parameters: initialise(ownConfig, seed),
      classes,
      ...facts,
      ...notes,
      weak,
      ...(cells.conditional && { latents }),
    };
  });

describe('round trips', () => {
  test('a model comes back as it was', () => {
    fc.assert(
      fc.property(anyModel, (model) => {
        expect(readModel(writeModel(model), 'file')).toEqual(model);
      }),
      { numRuns: 50 },
    );
  });

  test('of a file that is known to be whole the same model is read without its checks', () => {
    fc.assert(
      fc.property(anyModel, fc.boolean(), (model, half) => {
        const bytes = writeModel(model, { half });
        expect(readKnownModel(bytes)).toEqual(readModel(bytes, 'file'));
        // Bytes may lie anywhere in their buffer.
        const shifted = new Uint8Array(bytes.length + 3).subarray(3);
        shifted.set(bytes);
        expect(readKnownModel(shifted)).toEqual(readModel(bytes, 'file'));
      }),
      { numRuns: 30 },
    );
  });

  test('a file comes back byte for byte, in either width', () => {
    fc.assert(
      fc.property(anyModel, fc.boolean(), (model, half) => {
        const bytes = writeModel(model, { half });
        expect(writeModel(readModel(bytes, 'file'), { half })).toEqual(bytes);
      }),
      { numRuns: 50 },
    );
  });

  test('the order of a config does not change the file', () => {
    const reversed = Object.fromEntries(Object.entries(config).toReversed()) as typeof config;
    expect(writeModel({ ...owl, config: reversed })).toEqual(writeModel(owl));
  });

  test('notes of other programs are passed over', () => {
    const { metadata, tensors } = readSafetensors(writeModel(owl), 'file');
    const noted = writeSafetensors(tensors, { metadata: { ...metadata, author: 'someone' } });
    expect(readModel(noted, 'file')).toEqual(owl);
  });
});

describe('refusals', () => {
  const { metadata, tensors } = readSafetensors(writeModel(owl), 'file');

  function withMetadata(changes: Record<string, string>): Uint8Array {
    return writeSafetensors(tensors, { metadata: { ...metadata, ...changes } });
  }

  function withTensors(changes: Record<string, StoredTensor>): Uint8Array {
    return writeSafetensors({ ...tensors, ...changes }, { metadata });
  }

  function withConfig(changes: Record<string, unknown>): Uint8Array {
    return withMetadata({ config: JSON.stringify({ ...config, ...changes }) });
  }

  test.each<[why: string, bytes: Uint8Array, message: RegExp]>([
    ['another version', withMetadata({ version: '2' }), /format version 1, got 2 - use the program that wrote it/],
    ['another format', withMetadata({ format: 'pt' }), /format sketch-rnn, got pt - .*imported/],
    ['tensors alone', writeSafetensors(tensors), /format sketch-rnn, got none/],
    ['a config that is not JSON', withMetadata({ config: '{' }), /config: expected JSON, got \{/],
    ['a config with a typo', withConfig({ latentsize: 2 }), /unknown field "latentsize" - did you mean "latentSize"\?/],
    ['a config past every size', withConfig({ decoderSize: 2 ** 40 }), /config\.decoderSize/],
    ['a scale factor of zero', withMetadata({ scaleFactor: '0' }), /scaleFactor: .*got 0/],
    ['a scale factor that is no number', withMetadata({ scaleFactor: 'NaN' }), /scaleFactor: expected JSON, got NaN/],
    ['a length of zero', withMetadata({ lossLength: '0' }), /lossLength/],
    ['too many classes', withMetadata({ classes: '["owl","pig"]' }), /classes: expected 1 different names, got 2/],
    ['an unknown temperature form', withMetadata({ temperatureForm: 'python' }), /temperatureForm: .*got python/],
    ['a negative step', withMetadata({ step: '-1' }), /step: /],
    ['data without licence', withMetadata({ data: '{"name":"owls"}' }), /data\.licence: /],
    ['a weak class that it does not have', withMetadata({ weak: '["pig"]' }), /weak: .*got "pig"/],
    ['metrics that are no numbers', withMetadata({ metrics: '{"kl":"low"}' }), /metrics\.kl: /],
    [
      'sizes of another model',
      withConfig({ decoderSize: 4 }),
      /"decoder\.\S+": expected shape .*weights and config of one/,
    ],
    ['a cell of another model', withConfig({ decoderCell: 'lstm' }), /got "decoder\.\S+" - /],
    [
      'a tensor left over',
      withTensors({ 'output.weigths': tensors['output.bias'] as StoredTensor }),
      /did you mean "output\.weights"\?/,
    ],
  ])('%s is refused', (_, bytes, message) => {
    expect(() => readModel(bytes, 'owl.safetensors')).toThrow(ModelError);
    expect(() => readModel(bytes, 'owl.safetensors')).toThrow(message);
    expect(() => readModel(bytes, 'owl.safetensors')).toThrow(/^owl\.safetensors: /);
  });

  test('every missing fact is named', () => {
    for (const field of ['config', 'scaleFactor', 'lossLength', 'classes', 'temperatureForm']) {
      const { [field]: _, ...rest } = metadata;
      const bytes = writeSafetensors(tensors, { metadata: rest });
      expect(() => readModel(bytes, 'file')).toThrow(new RegExp(`^file: ${field}: .*got nothing`));
    }
  });

  test('every missing tensor is named', () => {
    for (const name of Object.keys(tensors)) {
      const { [name]: _, ...rest } = tensors;
      const bytes = writeSafetensors(rest, { metadata });
      expect(() => readModel(bytes, 'file')).toThrow(`file: tensor "${name}": expected shape`);
    }
  });

  test('NaN in any tensor is refused by its name', () => {
    for (const name of Object.keys(tensors)) {
      const bytes = writeModel(owl);
      new DataView(bytes.buffer).setUint32(dataOffset(bytes, name), 0x7fc00000, true);
      expect(() => readModel(bytes, 'file')).toThrow(`file: tensor "${name}": expected finite`);
    }
  });

  test('a file cut short anywhere is refused', () => {
    const bytes = writeModel(owl);
    for (let length = 0; length < bytes.length; length++) {
      expect(() => readModel(bytes.subarray(0, length), 'file')).toThrow(ModelError);
    }
  });

  test('a damaged byte is refused or harmless, never another error', () => {
    const bytes = writeModel(owl);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const damaged = Uint8Array.from(bytes, (byte, i) => (i === at ? byte ^ flip : byte));
        const error = failureOf(() => readModel(damaged, 'file'));
        expect(error === undefined || error instanceof ModelError, String(error)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test.each<[why: string, model: Model, message: RegExp]>([
    [
      'NaN',
      { ...owl, parameters: { ...owl.parameters, 'output.bias': new Float32Array(15).fill(NaN) } },
      /"output\.bias"/,
    ],
    ['a missing parameter', { ...owl, parameters: {} }, /parameter encoder\S+: expected \d+ numbers, got none/],
    ['a scale factor that is no number', { ...owl, scaleFactor: NaN }, /scaleFactor/],
    ['names for other classes', { ...owl, classes: [] }, /classes/],
  ])('%s is not written', (_, model, message) => {
    expect(() => writeModel(model)).toThrow(message);
  });
});

function failureOf(action: () => unknown): unknown {
  try {
    action();
    return undefined;
  } catch (error) {
    return error;
  }
}

function dataOffset(bytes: Uint8Array, name: string): number {
  const length = new DataView(bytes.buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as Record<
    string,
    { data_offsets: [number, number] }
  >;
  return 8 + length + (header[name]?.data_offsets[0] as number);
}
