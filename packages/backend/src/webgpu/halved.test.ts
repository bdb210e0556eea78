import {
  configFrom,
  type Engine,
  type EngineStart,
  type ModelConfig,
  modelConfigOf,
  type Parameters,
  parameterSpecs,
  readModel,
  type SampleRequest,
  writeModel,
} from '@sketch-rnn/core';
import { keyOf, normals } from '@sketch-rnn/data';
import { describe, expect, test } from 'vitest';
import { smallConfig, smallParameters, smallStep } from '../../../../test/small-model.ts';
import type { Device } from '../fused/device.ts';
import { createFusedEngine } from '../fused/engine.ts';
import { countObjects } from './counted.ts';
import { createWebgpuDevice } from './device.ts';
import type { Gpu } from './gpu.ts';
import { openSoftwareGpu } from './software.ts';

const gpu = await openSoftwareGpu();

/** Models of all cells and all parts, weights as they come out of a file that is shipped: matrices in F16. */
const models = [
  { cell: 'lstm', copies: 0, start: shipped(smallConfig({ encoderCell: 'lstm', decoderCell: 'lstm' })) },
  {
    cell: 'layer_norm, classes, latent dropout',
    copies: 1,
    start: shipped(smallConfig({ encoderCell: 'layer_norm', decoderCell: 'layer_norm', latentDropout: 0.4 }, 3)),
  },
  { cell: 'hyper', copies: 2, start: shipped(smallConfig({ encoderCell: 'hyper', decoderCell: 'hyper' }, 2)) },
] as const;

describe.skipIf(!gpu).for(models)('a model from a file in F16: $cell', ({ start, copies }) => {
  test(
    'samples, encodes and scores as in float32, to the bit, in as many dispatches but for copies',
    { timeout: 120_000 },
    async () => {
      const [halved, full] = [engineOn(start), engineOn(start, 'float32')];
      for (const use of [sampled, encoded, scored]) {
        const before = halved.device.dispatches() - full.device.dispatches();
        const [found, expected] = [await use(halved.engine), await use(full.engine)];
        expect(found).toEqual(expected);
        // Rows of halves are not copied in one dispatch with others: class vectors, once, and what a hyper cell joins, once.
        const more = halved.device.dispatches() - full.device.dispatches() - before;
        expect(more, use.name).toBeLessThanOrEqual(copies);
      }
      expect(await halved.engine.parameters()).toEqual(start.parameters);
      halved.engine.dispose();
      full.engine.dispose();
    },
  );

  test('trains after that as if there were no halves', { timeout: 120_000 }, async () => {
    const [halved, full] = [engineOn(start), engineOn(start, 'float32')];
    // Many: what is trained later stands where their numbers stood.
    await sampled(halved.engine, { count: 100, maxLength: 8 });
    const step = smallStep(start.config, { changes: { learningRate: 0.05 } });
    // What is asked in one go is answered in order: the sketches between are those of the new weights.
    const [found, expected] = await Promise.all(
      [halved, full].map(({ engine }) =>
        Promise.all([
          engine.gradients(step),
          engine.trainStep(step),
          sampled(engine),
          scored(engine),
          engine.parameters(),
          engine.optimiser(),
        ]),
      ),
    );
    expect(found).toEqual(expected);
    expect(await halved.engine.parameters()).not.toEqual(start.parameters);
    halved.engine.dispose();
    full.engine.dispose();
  });
});

describe.skipIf(!gpu)('the memory of a model from a file in F16', () => {
  const config = modelConfigOf(configFrom('magenta', { encoderSize: 48, decoderSize: 96, latentSize: 8 }), 1);
  const start = shipped(config);
  /** Of all matrices or of all vectors, each of which begins at a multiple of four. */
  const numbers = (matrices: boolean): number =>
    Object.values(parameterSpecs(config))
      .filter(({ shape }) => shape.length > 1 === matrices)
      .reduce((sum, { shape }) => sum + 4 * Math.ceil(shape.reduce((product, side) => product * side) / 4), 0);

  test(
    'is two bytes a weight until it trains, and after that no more than training took before',
    { timeout: 120_000 },
    async () => {
      const counted = (await openSoftwareGpu()) as Gpu;
      const { live } = countObjects(counted.device);
      const bytes = (label: string): number => bytesOf(live, label);
      const full = engineOn(start, 'float32', counted);
      await sampled(full.engine);
      const sampling = bytes('memory') + bytes('halves');
      await full.engine.trainStep(smallStep(config));
      const training = bytes('memory') + bytes('halves');
      full.engine.dispose();
      expect(live.size).toBe(0);

      const halved = engineOn(start, 'as it comes', counted);
      expect(bytes('halves')).toBe(2 * numbers(true));
      expect(bytes('memory')).toBe(4 * numbers(false));
      await sampled(halved.engine);
      expect(bytes('halves')).toBe(2 * numbers(true));
      expect(bytes('memory') + bytes('halves')).toBeLessThan(sampling / 4);
      await halved.engine.trainStep(smallStep(config));
      // A buffer may not be empty.
      expect(bytes('halves')).toBe(4);
      // The vectors' first places stay.
      expect(bytes('memory')).toBeLessThan(1.1 * training);
      halved.engine.dispose();
      expect(live.size).toBe(0);
      counted.device.destroy();
    },
  );

  test('is that of float32 numbers for a matrix with a number that is no half, and for vectors', async () => {
    const counted = (await openSoftwareGpu()) as Gpu;
    const { live } = countObjects(counted.device);
    const name = 'decoder.hiddenWeights';
    const parameters: Parameters = {
      ...start.parameters,
      [name]: Float32Array.from(start.parameters[name] as Float32Array),
    };
    (parameters[name] as Float32Array)[5] = 1 / 3;
    const mixed = { config, parameters };
    const [some, full] = [engineOn(mixed, 'as it comes', counted), engineOn(mixed, 'float32')];
    expect(bytesOf(live, 'halves')).toBe(2 * (numbers(true) - (parameters[name] as Float32Array).length));
    expect(await sampled(some.engine)).toEqual(await sampled(full.engine));
    expect(await some.engine.parameters()).toEqual(parameters);
    some.engine.dispose();
    full.engine.dispose();
    counted.device.destroy();
  });

  test('holds no halves where training goes on', async () => {
    const counted = (await openSoftwareGpu()) as Gpu;
    const { live } = countObjects(counted.device);
    const zeros = Object.fromEntries(
      Object.entries(start.parameters).map(([name, { length }]) => [name, new Float32Array(length)]),
    );
    const { engine } = engineOn(
      { ...start, optimiser: { step: 3, first: zeros, second: start.parameters } },
      'as it comes',
      counted,
    );
    expect((await engine.optimiser()).second).toEqual(start.parameters);
    expect(bytesOf(live, 'halves')).toBeLessThanOrEqual(4);
    engine.dispose();
    counted.device.destroy();
  });
});

/** Bytes of the buffers of this label. */
function bytesOf(live: ReadonlySet<GPUBuffer>, label: string): number {
  return [...live].filter((buffer) => buffer.label === label).reduce((sum, { size }) => sum + size, 0);
}

/** A model through its file in F16. */
function shipped(config: ModelConfig): EngineStart {
  const classes = Array.from({ length: config.classes }, (_, k) => `class ${k}`);
  const facts = { scaleFactor: 1, lossLength: 12, classes, temperatureForm: 'paper' } as const;
  const bytes = writeModel({ config, parameters: smallParameters(config, 1), ...facts }, { half: true });
  return { config, parameters: readModel(bytes, 'file').parameters };
}

function engineOn(start: EngineStart, storage: 'as it comes' | 'float32' = 'as it comes', on = gpu as Gpu) {
  const device = createWebgpuDevice(on);
  const { halves: _, ...withoutHalves } = device;
  const used: Device = storage === 'float32' ? withoutHalves : device;
  return { device, engine: createFusedEngine(used, start) };
}

/** By default more steps than there are between two looks. */
function sampled(engine: Engine, { count = 3, maxLength = 40 } = {}) {
  const request: SampleRequest = {
    count,
    condition: conditionOf(engine.config, count),
    temperature: 0.4,
    maxLength,
    seeds: Array.from({ length: count }, (_, k) => k),
  };
  return engine.sample(request);
}

function encoded(engine: Engine) {
  return engine.encode(smallStep(engine.config).batch);
}

function scored(engine: Engine) {
  const { batch } = smallStep(engine.config);
  return engine.score({ batch, condition: conditionOf(engine.config, batch.lengths.length) });
}

function conditionOf({ latentSize, classes }: ModelConfig, count: number) {
  return {
    z: normals(keyOf(5), count * latentSize),
    classes: Int32Array.from({ length: count }, (_, i) => i % classes),
  };
}
