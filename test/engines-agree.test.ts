import { createFusedEngine, createLoopsDevice } from '@sketch-rnn/backend';
import { type Cell, conditionSize, type Engine, type EngineStart, type TrainingStep } from '@sketch-rnn/core';
import { bits, fold, keyOf, normals, pack } from '@sketch-rnn/data';
import { beforeAll, describe, expect, test } from 'vitest';
import { relativeError, worst } from './closeness.ts';
import { engines, open } from './engines.ts';
import { smallConfig, smallParameters, smallSketches } from './small-model.ts';

/** Sizes around those of tiles and registers: one less, as many, one more. */
const SIZES = [
  { encoderSize: 3, decoderSize: 5, latentSize: 1, mixtures: 1 },
  { encoderSize: 8, decoderSize: 16, latentSize: 4, mixtures: 4 },
  { encoderSize: 17, decoderSize: 33, latentSize: 7, mixtures: 9 },
] as const;

const BATCHES: Readonly<Record<string, readonly number[]>> = {
  'one sketch': [3],
  'one row each': [1, 1, 1],
  ragged: [2, 11, 1, 5, 7, 1],
  'of one length': [4, 4, 4, 4, 4],
};

const MODELS = [
  { title: 'a latent vector', conditional: true, classes: 1, latentDropout: 0 },
  { title: 'classes and latent dropout', conditional: true, classes: 3, latentDropout: 0.5 },
  { title: 'a decoder alone', conditional: false, classes: 1, latentDropout: 0 },
] as const;

/** All of it would be hours in software: each cell meets each of the others at least once. */
const cases = (['lstm', 'layer_norm', 'hyper'] as const).flatMap((cell, c) =>
  MODELS.flatMap((model, m) =>
    Object.keys(BATCHES).map((batch, b) => ({
      cell,
      model,
      batch,
      sizes: SIZES[(c + m + b) % SIZES.length] as (typeof SIZES)[number],
      dropout: (m + b) % 2 === 0,
    })),
  ),
);

describe.for(engines.filter(({ name }) => name !== 'loops'))('$name agrees with loops', ({ name, runs }) => {
  let create: (start: EngineStart) => Engine;
  beforeAll(async () => {
    if (runs) ({ create } = await open(name));
  });

  test.skipIf(!runs).for(cases)(
    '$cell, $model.title, $batch, dropout $dropout: costs and every gradient',
    async ({ cell, model, batch, sizes, dropout }) => {
      const start = startOf(cell, { sizes, model });
      const step = stepOf(start, BATCHES[batch] as readonly number[], dropout);
      const [engine, loops] = [create(start), createFusedEngine(createLoopsDevice(), start)];
      const [found, expected] = [await engine.gradients(step), await loops.gradients(step)];
      for (const cost of ['total', 'offset', 'pen', 'kl'] as const) {
        expect(worst([found.costs[cost]], [expected.costs[cost]]), cost).toBeLessThan(1e-5);
      }
      for (const [parameter, gradient] of Object.entries(expected.gradients)) {
        expect.soft(relativeError(found.gradients[parameter] ?? [], gradient), parameter).toBeLessThan(2e-5);
      }
      engine.dispose();
      loops.dispose();
    },
  );
});

function startOf(cell: Cell, { sizes, model }: Pick<(typeof cases)[number], 'sizes' | 'model'>): EngineStart {
  const { conditional, classes, latentDropout } = model;
  const config = smallConfig({ encoderCell: cell, decoderCell: cell, ...sizes, conditional, latentDropout }, classes);
  return { config, parameters: smallParameters(config, 6) };
}

/** A step whose masks, where there are any, are given: engines may draw them as they like. */
function stepOf({ config }: EngineStart, lengths: readonly number[], dropout: boolean): TrainingStep {
  const batch = pack(smallSketches(lengths, 4));
  const count = lengths.length;
  const mask = (use: number, size: number): Float32Array =>
    Float32Array.from(bits(fold(keyOf(2), use), size), (word) => (word % 4 === 0 ? 0 : 1));
  const [rows, encoderRows] = [batch.decoderInputs.length / 5, batch.encoderRows.length / 5];
  return {
    batch,
    ...(config.conditional && { epsilon: normals(keyOf(3), count * config.latentSize) }),
    ...(config.latentDropout > 0 && { hasLatent: Uint8Array.from({ length: count }, (_, i) => (i + 1) % 2) }),
    ...(config.classes > 1 && { classes: Int32Array.from({ length: count }, (_, i) => i % config.classes) }),
    lossLength: 13,
    klWeight: 0.7,
    klTolerance: 0,
    learningRate: 1e-3,
    gradientClip: 1,
    dropout: dropout
      ? {
          recurrentDropout: 0.25,
          inputDropout: 0.25,
          outputDropout: 0.25,
          seed: 0,
          masks: {
            ...(config.conditional && {
              encoderForward: mask(0, encoderRows * config.encoderSize),
              encoderBackward: mask(1, encoderRows * config.encoderSize),
            }),
            decoder: mask(2, rows * config.decoderSize),
            input: mask(3, rows * (5 + conditionSize(config))),
            output: mask(4, rows * config.decoderSize),
          },
        }
      : { recurrentDropout: 0, inputDropout: 0, outputDropout: 0, seed: 0 },
  };
}
