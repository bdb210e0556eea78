import type { Engine, Parameters, TrainingStep } from '@sketch-rnn/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { relativeError, worst } from './closeness.ts';
import { engines, open } from './engines.ts';
import { type Oracle, oracleCases, type OracleCosts, type OracleTrajectory, readOracle, values } from './oracle.ts';
import { inBatchOrder, oracleStep, packedRows } from './oracle-step.ts';
import { hasShared } from './shared.ts';

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
          const { batch } = oracleStep(oracle, 'train');
          const { mean, logVariance } = await engine.encode(batch);
          expect(worst(mean, inBatchOrder(values(oracle, 'mu'), batch.order))).toBeLessThan(5e-6);
          expect(worst(logVariance, inBatchOrder(values(oracle, 'presig'), batch.order))).toBeLessThan(5e-6);
          engine.dispose();
        });

      if (evaluates)
        test('scores every row the same', async () => {
          const engine = create();
          const { batch } = oracleStep(oracle, 'train');
          const z = inBatchOrder(values(oracle, 'z'), batch.order);
          const condition = oracle.settings.conditional ? { z } : {};
          const { offset, pen } = await engine.score({ batch, condition, offsetLoss: 'reference' });
          const rows = { order: batch.order, sizes: batch.decoderSizes };
          const negated = (array: Float32Array): Float32Array => array.map((x) => -x);
          expect(worst(negated(offset), packedRows(oracle, 'ls', rows))).toBeLessThan(2e-5);
          expect(worst(negated(pen), packedRows(oracle, 'lp', rows))).toBeLessThan(2e-5);
          engine.dispose();
        });

      test('costs the same in training', async () => {
        const engine = create();
        const { costs } = await engine.gradients(oracleStep(oracle, 'train'));
        expect(costError(costs, oracle.settings.train)).toBeLessThan(3e-6);
        engine.dispose();
      });

      if (evaluates)
        test('costs the same in evaluation', async () => {
          const engine = create();
          const { costs } = await engine.gradients(oracleStep(oracle, 'eval'));
          expect(costError(costs, oracle.settings.eval as OracleCosts)).toBeLessThan(3e-6);
          engine.dispose();
        });

      test('has the same gradient of every parameter', async () => {
        const engine = create();
        const { gradients } = await engine.gradients(oracleStep(oracle, 'train'));
        for (const [parameter, expected] of Object.entries(oracle.grads)) {
          expect.soft(worst(gradients[parameter] ?? [], expected), parameter).toBeLessThan(3e-6);
          expect.soft(relativeError(gradients[parameter] ?? [], expected), parameter).toBeLessThan(3e-5);
        }
        engine.dispose();
      });

      if (evaluates)
        test('trains along the same trajectory', { timeout: 120_000 }, async () => {
          const { settings, after5 } = oracle;
          await expectToFollow(settings.trajectory as OracleTrajectory, after5 as Parameters, {});
        });

      if (oracleCase === 'lstm')
        test('trains along the same trajectory where clip and KL floor act', { timeout: 120_000 }, async () => {
          const trajectory = oracle.settings.trajectory_b as NonNullable<Oracle['settings']['trajectory_b']>;
          const { grad_clip: gradientClip, kl_tolerance: klTolerance } = trajectory;
          await expectToFollow(trajectory, oracle.after5b as Parameters, { gradientClip, klTolerance });
        });

      async function expectToFollow(
        trajectory: OracleTrajectory,
        after: Parameters,
        changes: Partial<TrainingStep>,
      ): Promise<void> {
        const engine = create();
        const step = { ...oracleStep(oracle, 'train'), ...changes };
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
