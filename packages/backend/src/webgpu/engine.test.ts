import { configFrom, initialise, modelConfigOf, type Parameters, type TrainingStep } from '@sketch-rnn/core';
import { fold, keyOf, normals, pack, uniforms } from '@sketch-rnn/data';
import { describe, expect, test } from 'vitest';
import { smallConfig, smallParameters, smallSketches, smallStep } from '../../../../test/small-model.ts';
import { createFusedEngine } from '../fused/engine.ts';
import { createLoopsDevice } from '../fused/loops/device.ts';
import { createWebgpuDevice } from './device.ts';
import type { Gpu } from './gpu.ts';
import { openSoftwareGpu } from './software.ts';

const gpu = await openSoftwareGpu();

/** Magenta's model, its layers narrow: software is slow, and how many dispatches there are is a matter of its shape alone. */
const config = modelConfigOf(configFrom('magenta', { encoderSize: 9, decoderSize: 17, latentSize: 6, mixtures: 5 }), 1);
const start = { config, parameters: initialise(config, 1) };

const plain = { changes: {}, classes: 1, dropout: 0 };

/** What a step can have more of. */
const dispatched = [
  { title: 'plain', ...plain },
  { title: 'with classes', ...plain, classes: 3 },
  { title: 'with classes and latent dropout', changes: { latentDropout: 0.4 }, classes: 3, dropout: 0 },
  { title: 'with everything dropped', changes: { latentDropout: 0.4 }, classes: 3, dropout: 0.1 },
  { title: 'the decoder alone', ...plain, changes: { conditional: false } },
];

/** A step over three sketches of other points each time. */
function stepOf(k: number): TrainingStep {
  const key = fold(keyOf(3), k);
  const sketches = [8, 5, 2].map((length, i) => {
    const lifts = uniforms(fold(key, 10 + i), length);
    return normals(fold(key, i), 3 * length).map((value, j) =>
      j % 3 < 2 ? value : Number((lifts[(j - 2) / 3] as number) < 0.2),
    );
  });
  return {
    batch: pack(sketches),
    epsilon: normals(fold(key, 20), 3 * config.latentSize),
    lossLength: 9,
    klWeight: 0.5,
    klTolerance: 0.01,
    learningRate: 5e-3,
    gradientClip: 1,
    dropout: { recurrentDropout: 0.1, inputDropout: 0, outputDropout: 0, seed: k },
  };
}

describe.skipIf(!gpu)('a model on WebGPU', () => {
  const opened = gpu as Gpu;

  test('twenty steps cost what they cost in loops of float64 sums', { timeout: 120_000 }, async () => {
    const engine = createFusedEngine(createWebgpuDevice(opened), start);
    const oracle = createFusedEngine(createLoopsDevice(), start);
    for (let k = 0; k < 20; k++) {
      const step = stepOf(k);
      const found = await engine.trainStep(step);
      const expected = await oracle.trainStep(step);
      expect(found.applied).toBe(true);
      for (const cost of ['total', 'offset', 'pen', 'kl'] as const) {
        expect(Math.abs(found[cost] - expected[cost]), `${cost} at ${k}`).toBeLessThan(1e-3);
      }
    }
    engine.dispose();
  });

  test.for(dispatched)(
    'a step of an LSTM is at most 6 T + 60 dispatches: $title',
    async ({ changes, classes, dropout }) => {
      const narrow = smallConfig(changes, classes);
      const device = createWebgpuDevice(opened);
      const engine = createFusedEngine(device, { config: narrow, parameters: smallParameters(narrow, 1) });
      for (const length of [1, 5]) {
        const before = device.dispatches();
        await engine.trainStep({
          batch: pack(smallSketches([length, length, 1], length)),
          ...(narrow.conditional && { epsilon: normals(keyOf(1), 3 * narrow.latentSize) }),
          ...(narrow.latentDropout > 0 && { hasLatent: Uint8Array.of(1, 0, 1) }),
          ...(narrow.classes > 1 && { classes: Int32Array.of(2, 0, 1) }),
          lossLength: 12,
          klWeight: 0.5,
          klTolerance: 0,
          learningRate: 1e-3,
          gradientClip: 1,
          dropout: { recurrentDropout: dropout, inputDropout: dropout, outputDropout: dropout, seed: 1 },
        });
        expect(device.dispatches() - before).toBeLessThanOrEqual(6 * (length + 1) + 60);
      }
      engine.dispose();
    },
  );

  test.for([Number.NaN, Infinity, -Infinity])(
    'a step with %s in it is not applied and changes nothing',
    async (value) => {
      const narrow = smallConfig();
      const parameters = smallParameters(narrow, 1);
      const step = smallStep(narrow);
      const epsilon = Float32Array.from(step.epsilon as Float32Array);
      epsilon[3] = value;
      const spoilt = (name: string): Parameters => {
        const values = Float32Array.from(parameters[name] as Float32Array);
        values[1] = value;
        return { ...parameters, [name]: values };
      };
      for (const [given, taken] of [
        [parameters, { ...step, epsilon }],
        [spoilt('latent.mean.bias'), step],
        [spoilt('latent.logVariance.bias'), step],
        [spoilt('decoder.hiddenWeights'), step],
        [spoilt('output.bias'), step],
      ] as const) {
        const engine = createFusedEngine(createWebgpuDevice(opened), { config: narrow, parameters: given });
        expect((await engine.trainStep(taken)).applied).toBe(false);
        expect(await engine.parameters()).toEqual(given);
        expect((await engine.optimiser()).step).toBe(0);
        engine.dispose();
      }
    },
  );

  test('seeds give the same sketches as in loops, across several looks at what has ended', async () => {
    // A sketch ends with a probability of a hundredth.
    const bias = Float32Array.from(start.parameters['output.bias'] as Float32Array);
    bias[2] = -4;
    const patient = { config, parameters: { ...start.parameters, 'output.bias': bias } };
    const engine = createFusedEngine(createWebgpuDevice(opened), patient);
    const oracle = createFusedEngine(createLoopsDevice(), patient);
    const seeds = Array.from({ length: 20 }, (_, k) => k);
    const z = normals(keyOf(5), seeds.length * config.latentSize);
    const request = { count: seeds.length, condition: { z }, temperature: 0.4, maxLength: 50, seeds };
    const [found, expected] = [await engine.sample(request), await oracle.sample(request)];
    for (const [i, { stroke3, ended }] of expected.entries()) {
      expect(found[i]?.ended).toBe(ended);
      expect(found[i]?.stroke3).toHaveLength(stroke3.length);
      const errors = stroke3.map((value, k) => Math.abs(value - (found[i]?.stroke3[k] as number)));
      expect(Math.max(0, ...errors)).toBeLessThan(1e-3);
    }
    expect(expected.some(({ stroke3 }) => stroke3.length > 3 * 32)).toBe(true);
    engine.dispose();
  });
});
