import { conditionSize, type ModelConfig, type TrainingStep } from '@sketch-rnn/core';
import { createReferenceEngine } from '@sketch-rnn/core/reference';
import { bits, fold, keyOf, normals, pack } from '@sketch-rnn/data';
import { describe, expect, test } from 'vitest';
import { smallConfig, smallParameters, smallSketches } from '../../../../test/small-model.ts';
import { relativeError } from '../../../../test/closeness.ts';
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
      expect(count()).toBe(held);
      engine.dispose();
      expect(count()).toBe(before);
    });
  });
});
