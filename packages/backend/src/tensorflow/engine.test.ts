import { conditionSize, type ModelConfig, type SampleRequest, type TrainingStep } from '@sketch-rnn/core';
import { createReferenceEngine } from '@sketch-rnn/core/reference';
import { bits, fold, keyOf, normals, pack } from '@sketch-rnn/data';
import { describe, expect, test } from 'vitest';
import { smallConfig, smallParameters, smallSketches } from '../../../../test/small-model.ts';
import { relativeError, worst } from '../../../../test/closeness.ts';
import { findTensorFlow } from './find.ts';
import { createTensorFlowEngine } from './engine.ts';
import { tensorflowBinding } from './native/binding.ts';

const { availability } = await findTensorFlow();

const packs: Readonly<Record<string, readonly number[]>> = {
  ragged: [4, 9, 1, 6, 17, 6, 6],
  'one sketch': [5],
  'one row': [1],
  'of one length': [3, 3, 3],
  // Weights' gradients are summed up over 1,024 rows at a time.
  'many rows': Array.from({ length: 400 }, (_, i) => 1 + (i % 9)),
  'many sketches': Array.from({ length: 1100 }, (_, i) => 1 + (i % 3)),
};
const models: Readonly<Record<string, ModelConfig>> = {
  lstm: smallConfig({ encoderCell: 'lstm', decoderCell: 'lstm', latentDropout: 0.4 }, 3),
  layer_norm: smallConfig({ encoderCell: 'layer_norm', decoderCell: 'layer_norm' }),
  mixed: smallConfig({ encoderCell: 'layer_norm', decoderCell: 'lstm' }, 2),
  unconditional: smallConfig({ conditional: false, decoderCell: 'lstm' }),
  classes: smallConfig({ conditional: false, decoderCell: 'layer_norm' }, 3),
};

function stepOf(config: ModelConfig, lengths: readonly number[], dropped: boolean): TrainingStep {
  const batch = pack(smallSketches(lengths, 3));
  const rows = batch.decoderInputs.length / 5;
  const encoderRows = batch.encoderRows.length / 5;
  const mask = (use: number, count: number): Float32Array =>
    Float32Array.from(bits(fold(keyOf(9), use), count), (word) => (word % 5 === 0 ? 0 : 1));
  const drop = (rate: number): number => (dropped ? rate : 0);
  return {
    batch,
    epsilon: normals(keyOf(7), lengths.length * config.latentSize),
    classes: Int32Array.from(lengths, (_, i) => i % config.classes),
    ...(config.latentDropout > 0 && { hasLatent: Uint8Array.from(lengths, (_, i) => (i === 1 ? 0 : 1)) }),
    lossLength: 12,
    klWeight: 0.5,
    klTolerance: 0.1,
    learningRate: 1e-3,
    gradientClip: 1,
    dropout: {
      recurrentDropout: drop(0.1),
      inputDropout: drop(0.2),
      outputDropout: drop(0.3),
      seed: 0,
      masks: {
        encoderForward: mask(0, encoderRows * config.encoderSize),
        encoderBackward: mask(1, encoderRows * config.encoderSize),
        decoder: mask(2, rows * config.decoderSize),
        input: mask(3, rows * (5 + conditionSize(config))),
        output: mask(4, rows * config.decoderSize),
      },
    },
  };
}

/** Five sketches: one begins anew, others go on from one row and from more than there may be. */
function drawing(config: ModelConfig): SampleRequest {
  const seeds = [11, 12, 13, 14, 15];
  return {
    count: seeds.length,
    condition: {
      ...(config.conditional && { z: normals(keyOf(5), seeds.length * config.latentSize) }),
      ...(config.classes > 1 && { classes: Int32Array.from(seeds, (_, i) => i % config.classes) }),
    },
    starts: [0, 1, 4, 30, 2].map((rows, i) =>
      (smallSketches([Math.max(1, rows)], i)[0] as Float32Array).subarray(0, 3 * rows),
    ),
    temperature: 0.6,
    maxLength: 24,
    seeds,
  };
}

describe.skipIf(!availability.runs)('tensorflow', () => {
  describe.for(Object.entries(models))('%s', ([, config]) => {
    for (const [title, lengths] of Object.entries(packs))
      test.for([
        { dropped: false, offsetLoss: 'log' },
        { dropped: true, offsetLoss: 'log' },
        { dropped: false, offsetLoss: 'reference' },
      ] as const)(
        `has the costs and gradients of the reference over ${title}, dropout $dropped, form $offsetLoss`,
        async ({ dropped, offsetLoss }) => {
          const start = { config, parameters: smallParameters(config, 2) };
          const step = { ...stepOf(config, lengths, dropped), offsetLoss };
          const [engine, reference] = [createTensorFlowEngine(start), createReferenceEngine(start)];
          const [found, expected] = [await engine.gradients(step), await reference.gradients(step)];
          for (const cost of ['total', 'offset', 'pen', 'kl'] as const) {
            expect.soft(found.costs[cost], cost).toBeCloseTo(expected.costs[cost], 5);
          }
          for (const [name, gradient] of Object.entries(expected.gradients)) {
            expect.soft(relativeError(found.gradients[name] ?? [], gradient), name).toBeLessThan(1e-5);
          }
          engine.dispose();
          reference.dispose();
        },
      );

    test.for([0, 0.6])('draws what the reference draws, starts going on, at temperature %s', async (temperature) => {
      const start = { config, parameters: smallParameters(config, 2) };
      const request = { ...drawing(config), temperature };
      const [engine, reference] = [createTensorFlowEngine(start), createReferenceEngine(start)];
      const [found, expected] = [await engine.sample(request), await reference.sample(request)];
      expect(found.map(({ ended }) => ended)).toEqual(expected.map(({ ended }) => ended));
      for (const [i, { stroke3 }] of expected.entries()) {
        expect(found[i]?.stroke3).toHaveLength(stroke3.length);
        expect(worst(found[i]?.stroke3 ?? [], stroke3)).toBeLessThan(1e-4);
      }
      engine.dispose();
      reference.dispose();
    });

    test("gives back all of TensorFlow's memory, which tfjs does not count", async () => {
      const count = (): number => tensorflowBinding().getNumOfTensors();
      const before = count();
      const engine = createTensorFlowEngine({ config, parameters: smallParameters(config, 2) });
      const held = count();
      const step = stepOf(config, packs['ragged'] as readonly number[], true);
      expect((await engine.trainStep(step)).applied).toBe(true);
      expect((await engine.trainStep({ ...step, lossLength: 0 })).applied).toBe(false);
      await engine.gradients(step);
      await engine.parameters();
      await engine.optimiser();
      const { batch, classes } = step;
      const condition = { ...(config.conditional && { z: step.epsilon }), ...(config.classes > 1 && { classes }) };
      await engine.score({ batch, condition });
      if (config.conditional) await engine.encode(batch);
      await engine.sample(drawing(config));
      expect(count()).toBe(held);
      engine.dispose();
      expect(count()).toBe(before);
    });
  });
});
