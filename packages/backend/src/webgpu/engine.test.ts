import { configFrom, initialise, modelConfigOf, type TrainingStep } from '@sketch-rnn/core';
import { fold, keyOf, normals, pack, uniforms } from '@sketch-rnn/data';
import { describe, expect, test } from 'vitest';
import { createFusedEngine } from '../fused/engine.ts';
import { createLoopsDevice } from '../fused/loops/device.ts';
import { createWebgpuDevice } from './device.ts';
import type { Gpu } from './gpu.ts';
import { openSoftwareGpu } from './software.ts';

const gpu = await openSoftwareGpu();

/** Magenta's model, its layers narrow: software is slow, and how many dispatches there are is a matter of its shape alone. */
const config = modelConfigOf(configFrom('magenta', { encoderSize: 9, decoderSize: 17, latentSize: 6, mixtures: 5 }), 1);
const start = { config, parameters: initialise(config, 1) };

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

  test('twenty steps cost what they cost in loops of float64 sums, in at most 6 T + 60 dispatches each', async () => {
    const device = createWebgpuDevice(opened);
    const engine = createFusedEngine(device, start);
    const oracle = createFusedEngine(createLoopsDevice(), start);
    for (let k = 0; k < 20; k++) {
      const step = stepOf(k);
      const before = device.dispatches();
      const found = await engine.trainStep(step);
      expect(device.dispatches() - before).toBeLessThanOrEqual(6 * step.batch.decoderSizes.length + 60);
      const expected = await oracle.trainStep(step);
      expect(found.applied).toBe(true);
      for (const cost of ['total', 'offset', 'pen', 'kl'] as const) {
        expect(Math.abs(found[cost] - expected[cost]), `${cost} at ${k}`).toBeLessThan(1e-3);
      }
    }
    engine.dispose();
  });

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
