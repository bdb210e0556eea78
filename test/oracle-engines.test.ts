import type { Engine, Parameters, TrainingStep } from '@sketch-rnn/core';
import { pack } from '@sketch-rnn/data';
import { beforeAll, describe, expect, test } from 'vitest';
import { relativeError, worst } from './closeness.ts';
import { engines, open } from './engines.ts';
import { type Oracle, oracleCases, type OracleTrajectory, readOracle, values } from './oracle.ts';
import { hasShared } from './shared.ts';

/** Magenta's N_max and weights over the oracle's sketches; `step` and everything per row in the order of the batch. */
function trainingStep(oracle: Oracle, changes: Partial<TrainingStep> = {}): TrainingStep {
  const { settings, sketches } = oracle;
  const batch = pack(sketches, { padTo: settings.max_seq_len });
  const recurrentDropout = 1 - settings.recurrent_dropout_keep;
  const perSketch = (tensor: string): Float32Array => inBatchOrder(values(oracle, tensor), batch.order);
  return {
    batch,
    ...(settings.conditional && { epsilon: perSketch('eps') }),
    lossLength: settings.max_seq_len,
    klWeight: settings.kl_weight,
    klTolerance: settings.kl_tolerance,
    learningRate: settings.learning_rate,
    gradientClip: settings.grad_clip,
    offsetLoss: 'reference',
    dropout: {
      recurrentDropout,
      inputDropout: 0,
      outputDropout: 0,
      seed: 0,
      ...(recurrentDropout > 0 && {
        masks: {
          encoderForward: packed(oracle, 'mask_fw', batch.order, batch.encoderSizes),
          encoderBackward: packed(oracle, 'mask_bw', batch.order, batch.encoderSizes),
          decoder: packed(oracle, 'mask_dec', batch.order, batch.decoderSizes),
        },
      }),
    },
    ...changes,
  };
}

function inBatchOrder(perSketch: Float32Array, order: Int32Array): Float32Array {
  const width = perSketch.length / order.length;
  return Float32Array.from(Array.from(order, (i) => [...perSketch.subarray(i * width, (i + 1) * width)]).flat());
}

/** `[B, T, width]` as packed rows. */
function packed(oracle: Oracle, tensor: string, order: Int32Array, sizes: Int32Array): Float32Array {
  const { shape, values: all } = oracle.tensors[tensor] as { shape: readonly number[]; values: Float32Array };
  const [, rows = 0, width = 1] = shape;
  const out: number[] = [];
  for (const [t, size] of sizes.entries()) {
    for (let i = 0; i < size; i++) {
      const at = ((order[i] as number) * rows + t) * width;
      out.push(...all.subarray(at, at + width));
    }
  }
  return Float32Array.from(out);
}

describe.for(engines)('$name', ({ name, runs }) => {
  for (const oracleCase of oracleCases)
    describe.skipIf(!runs || !hasShared)(`Magenta, ${oracleCase}`, () => {
      let oracle: Oracle;
      let create: () => Engine;
      const encodes = oracleCase === 'lstm' || oracleCase === 'layer_norm' || oracleCase === 'hyper';
      const evaluates = oracleCase !== 'lstm_dropout';
      beforeAll(async () => {
        oracle = readOracle(oracleCase);
        const engine = await open(name);
        create = () => engine.create({ config: oracle.config, parameters: oracle.init });
      });

      if (encodes)
        test('encodes to the same distribution', async () => {
          const engine = create();
          const { batch } = trainingStep(oracle);
          const { mean, logVariance } = await engine.encode(batch);
          expect(worst(mean, inBatchOrder(values(oracle, 'mu'), batch.order))).toBeLessThan(5e-6);
          expect(worst(logVariance, inBatchOrder(values(oracle, 'presig'), batch.order))).toBeLessThan(5e-6);
          engine.dispose();
        });

      if (evaluates)
        test('scores every row the same', async () => {
          const engine = create();
          const { batch } = trainingStep(oracle);
          const z = inBatchOrder(values(oracle, 'z'), batch.order);
          const condition = oracle.settings.conditional ? { z } : {};
          const { offset, pen } = await engine.score({ batch, condition, offsetLoss: 'reference' });
          const negated = (array: Float32Array): Float32Array => array.map((x) => -x);
          expect(worst(negated(offset), packed(oracle, 'ls', batch.order, batch.decoderSizes))).toBeLessThan(2e-5);
          expect(worst(negated(pen), packed(oracle, 'lp', batch.order, batch.decoderSizes))).toBeLessThan(2e-5);
          engine.dispose();
        });

      test('costs the same in training and in evaluation', async () => {
        const engine = create();
        const { settings, sketches } = oracle;
        const train = await engine.gradients(trainingStep(oracle));
        expect(costError(train.costs, settings.train)).toBeLessThan(3e-6);
        if (settings.eval) {
          const batch = pack(sketches, { padTo: settings.max_seq_len, endWeight: 0 });
          const evaluation = await engine.gradients(trainingStep(oracle, { batch }));
          expect(costError(evaluation.costs, settings.eval)).toBeLessThan(3e-6);
        }
        engine.dispose();
      });

      test('has the same gradient of every parameter', async () => {
        const engine = create();
        const { gradients } = await engine.gradients(trainingStep(oracle));
        for (const [parameter, expected] of Object.entries(oracle.grads)) {
          expect.soft(worst(gradients[parameter] ?? [], expected), parameter).toBeLessThan(3e-6);
          expect.soft(relativeError(gradients[parameter] ?? [], expected), parameter).toBeLessThan(3e-5);
        }
        engine.dispose();
      });

      if (evaluates)
        test('trains along the same trajectory', async () => {
          const { settings, after5 } = oracle;
          await follow(settings.trajectory as OracleTrajectory, after5 as Parameters, {});
        });

      if (oracleCase === 'lstm')
        test('trains along the same trajectory where clip and KL floor act', async () => {
          const trajectory = oracle.settings.trajectory_b as NonNullable<Oracle['settings']['trajectory_b']>;
          const { grad_clip: gradientClip, kl_tolerance: klTolerance } = trajectory;
          await follow(trajectory, oracle.after5b as Parameters, { gradientClip, klTolerance });
        });

      async function follow(
        trajectory: OracleTrajectory,
        after: Parameters,
        changes: Partial<TrainingStep>,
      ): Promise<void> {
        const engine = create();
        const step = trainingStep(oracle, changes);
        const costs: number[] = [];
        for (let k = 0; k < 5; k++) costs.push((await engine.trainStep(step)).total);
        const { costs: last } = await engine.gradients(step);
        expect(worst([...costs, last.total], trajectory.cost)).toBeLessThan(5e-6);
        const weights = await engine.parameters();
        for (const [parameter, expected] of Object.entries(after)) {
          expect.soft(worst(weights[parameter] ?? [], expected), parameter).toBeLessThan(2e-5);
        }
        engine.dispose();
      }
    });
});

/** The worst of what Magenta reports of a batch; its KL has the floor of `kl_tolerance` 0, which no KL is under. */
function costError(
  costs: { total: number; reconstruction: number; kl: number; offset: number; pen: number },
  expected: { r_cost: number; kl_cost: number; cost: number; L_s: number; L_p: number },
): number {
  return worst(
    [costs.total, costs.reconstruction, costs.kl, costs.offset, costs.pen],
    [expected.cost, expected.r_cost, expected.kl_cost, expected.L_s, expected.L_p],
  );
}
