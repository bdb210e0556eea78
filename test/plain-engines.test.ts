import type { Engine, TrainingStep } from '@sketch-rnn/core';
import { bits, fold, keyOf, normals } from '@sketch-rnn/data';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ModelConfig } from '../packages/core/src/config.ts';
import { conditionSize } from '../packages/core/src/parameters.ts';
import { plainCosts, plainEncode, plainModel, plainScore } from '../packages/core/src/plain/index.ts';
import { worst } from './closeness.ts';
import { engines, open } from './engines.ts';
import { finiteDifferences, mixedDirection } from './finite-differences.ts';
import { smallConfig, smallParameters, smallStep } from './small-model.ts';

/** What Magenta's model does not have: classes, sketches without latent, input and output dropout, packed rows. */
const models: readonly { readonly title: string; readonly config: ModelConfig }[] = [
  ...(['lstm', 'layer_norm', 'hyper'] as const).map((cell) => ({
    title: cell,
    config: smallConfig({ encoderCell: cell, decoderCell: cell, latentDropout: 0.4 }, 3),
  })),
  { title: 'unconditional with classes', config: smallConfig({ conditional: false }, 3) },
  { title: 'unconditional with one class', config: smallConfig({ conditional: false }) },
];

/** A step in the log form, its third sketch of four without latent, a tenth to three tenths of everything dropped. */
function stepOf(config: ModelConfig): TrainingStep {
  const step = smallStep(config);
  const { batch } = step;
  const rows = batch.decoderInputs.length / 5;
  const encoderRows = batch.encoderRows.length / 5;
  const mask = (use: number, count: number): Float32Array =>
    Float32Array.from(bits(fold(keyOf(9), use), count), (word) => (word % 5 === 0 ? 0 : 1));
  const masks = {
    ...(config.conditional && {
      encoderForward: mask(0, encoderRows * config.encoderSize),
      encoderBackward: mask(1, encoderRows * config.encoderSize),
    }),
    decoder: mask(2, rows * config.decoderSize),
    input: mask(3, rows * (5 + conditionSize(config))),
    output: mask(4, rows * config.decoderSize),
  };
  return {
    ...step,
    ...(config.latentDropout > 0 && { hasLatent: Uint8Array.of(1, 1, 0, 1) }),
    dropout: { recurrentDropout: 0.1, inputDropout: 0.2, outputDropout: 0.3, seed: 0, masks },
  };
}

describe.for(engines)('$name and the plain model', ({ name, runs }) => {
  describe.for(models)('$title', ({ config }) => {
    const parameters = smallParameters(config, 2);
    const step = stepOf(config);
    const plain = plainModel({ config, parameters });
    let create: () => Engine;
    beforeAll(async () => {
      if (!runs) return;
      const chosen = await open(name);
      create = () => chosen.create({ config, parameters });
    });

    test.skipIf(!runs)('have the same costs, and the same slope along every parameter', async () => {
      const engine = create();
      const { costs, gradients } = await engine.gradients(step);
      const { total, offset, pen, kl } = plainCosts(plain, step);
      expect(worst([costs.total, costs.offset, costs.pen, costs.kl], [total, offset, pen, kl])).toBeLessThan(1e-5);
      const slopes = finiteDifferences({ config, parameters }, step);
      for (const [parameter, gradient] of Object.entries(gradients)) {
        const direction = mixedDirection(gradient.length);
        const along = direction.reduce((sum, d, i) => sum + d * (gradient[i] as number), 0);
        const norm = Math.hypot(...gradient);
        const error = Math.abs(slopes.along(parameter, direction) - along);
        expect.soft(error, parameter).toBeLessThan(3e-5 * norm + 1e-7);
        const steepest = gradient.reduce((at, g, i) => (Math.abs(g) > Math.abs(gradient[at] as number) ? i : at), 0);
        const top = gradient[steepest] as number;
        expect.soft(Math.abs(slopes.at(parameter, steepest) - top), parameter).toBeLessThan(3e-5 * norm + 1e-7);
      }
      engine.dispose();
    });

    test.skipIf(!runs)('say the same of every row', async () => {
      const engine = create();
      const { batch, classes, hasLatent } = step;
      const condition = {
        ...(config.conditional && { z: normals(keyOf(4), batch.lengths.length * config.latentSize) }),
        ...(hasLatent && { hasLatent }),
        ...(config.classes > 1 && classes && { classes }),
      };
      const found = await engine.score({ batch, condition });
      const expected = plainScore(plain, { batch, condition });
      expect(worst(found.offset, expected.offset)).toBeLessThan(2e-5);
      expect(worst(found.pen, expected.pen)).toBeLessThan(2e-5);
      engine.dispose();
    });
  });

  test.skipIf(!runs)('encode to the same distribution', async () => {
    const config = smallConfig({ encoderCell: 'hyper' });
    const parameters = smallParameters(config, 2);
    const { batch } = stepOf(config);
    const engine = (await open(name)).create({ config, parameters });
    const found = await engine.encode(batch);
    const expected = plainEncode(plainModel({ config, parameters }), batch);
    expect(worst(found.mean, expected.mean)).toBeLessThan(5e-6);
    expect(worst(found.logVariance, expected.logVariance)).toBeLessThan(5e-6);
    engine.dispose();
  });
});
