import { beforeAll, describe, expect, test } from 'vitest';
import type { Costs, TrainingStep } from '../packages/core/src/engine.ts';
import {
  type Floats,
  type Mixture,
  mixtureOf,
  plainCosts,
  plainEncode,
  type PlainModel,
  plainModel,
  plainScore,
  plainTraces,
  type Trace,
} from '../packages/core/src/plain/index.ts';
import { worst } from './closeness.ts';
import { finiteDifferences, mixedDirection } from './finite-differences.ts';
import { type Oracle, type OracleCase, oracleCases, type OracleCosts, readOracle, values } from './oracle.ts';
import { inBatchOrder, oracleStep, packedRows } from './oracle-step.ts';
import { hasShared } from './shared.ts';

const encoding = oracleCases.filter((name) => !name.startsWith('uncond'));

/** Magenta's numbers of `lstm_dropout` are those of training alone. */
const undropped = oracleCases.filter((name) => name !== 'lstm_dropout');

const mixtureFields: Readonly<Record<string, (mixture: Mixture) => Floats>> = {
  mix_pi: ({ logPi }) => logPi.map(Math.exp),
  mix_mu1: ({ muX }) => muX,
  mix_mu2: ({ muY }) => muY,
  mix_sigma1: ({ logSigmaX }) => logSigmaX.map(Math.exp),
  mix_sigma2: ({ logSigmaY }) => logSigmaY.map(Math.exp),
  mix_corr: ({ rho }) => rho,
};

describe.skipIf(!hasShared)('Magenta and the plain model', () => {
  test.for(encoding)('encode alike: %s', (name) => {
    const error = errors(name);
    expect(error('enc_state_fw', ({ encoded }) => encoded?.forward)).toBeLessThan(2e-5);
    expect(error('enc_state_bw', ({ encoded }) => encoded?.backward)).toBeLessThan(2e-5);
    expect(error('mu', ({ encoded }) => encoded?.mean)).toBeLessThan(5e-6);
    expect(error('presig', ({ encoded }) => encoded?.logVariance)).toBeLessThan(5e-6);
    expect(error('z', ({ z }) => z)).toBeLessThan(5e-6);
  });

  test.for(oracleCases)('decode alike: %s', (name) => {
    const error = errors(name);
    const { cell } = run(name).model.decoder;
    expect(error('init_state', ({ decoded }) => decoded.states[0])).toBeLessThan(5e-6);
    const hidden = ({ decoded }: Trace): number[] =>
      decoded.states.slice(1).flatMap((state) => [...cell.hidden(state)]);
    expect(error('dec_h', hidden)).toBeLessThan(2e-5);
    expect(error('final_state', ({ decoded }) => decoded.states.at(-1))).toBeLessThan(2e-5);
    expect(error('raw', ({ decoded }) => decoded.raws.flatMap((raw) => [...raw]))).toBeLessThan(5e-6);
  });

  test.for(oracleCases)('mean the same mixtures: %s', (name) => {
    const error = errors(name);
    for (const [tensor, field] of Object.entries(mixtureFields)) {
      const rows = ({ decoded }: Trace): number[] =>
        decoded.raws.flatMap((raw) => [...field(mixtureOf(raw, 'reference'))]);
      expect(error(tensor, rows), tensor).toBeLessThan(5e-6);
    }
  });

  describe.for(oracleCases)('cost alike: %s', (name) => {
    let current: Run;
    beforeAll(() => {
      current = run(name);
    });

    test('in training', () => {
      expect(costError(plainCosts(current.model, current.step), current.oracle.settings.train)).toBeLessThan(3e-6);
    });

    test('in float32', () => {
      const single = plainModel({ config: current.oracle.config, parameters: current.oracle.init }, Float32Array);
      expect(costError(plainCosts(single, current.step), current.oracle.settings.train)).toBeLessThan(3e-6);
    });

    test('and have the same slope along every parameter', () => {
      const slopes = finiteDifferences(
        { config: current.oracle.config, parameters: current.oracle.init },
        current.step,
      );
      for (const [parameter, gradient] of Object.entries(current.oracle.grads)) {
        const norm = Math.hypot(...gradient);
        const direction = mixedDirection(gradient.length);
        const along = direction.reduce((sum, d, i) => sum + d * (gradient[i] as number), 0);
        const error = Math.abs(slopes.along(parameter, direction) - along);
        // No direction of length 1 can show a gradient more wrong than it is in L2.
        expect.soft(error, parameter).toBeLessThan(Math.max(3e-5 * norm, 1e-8));
        const top = steepest(gradient);
        expect.soft(Math.abs(slopes.at(parameter, top) - (gradient[top] as number)), parameter).toBeLessThan(3e-6);
      }
    }, 180_000);
  });

  test.for(undropped.filter((name) => encoding.includes(name)))('encode alike without a training step: %s', (name) => {
    const { oracle, step, model } = run(name);
    const { batch } = step;
    const { mean, logVariance } = plainEncode(model, batch);
    expect(worst(mean, inBatchOrder(values(oracle, 'mu'), batch.order))).toBeLessThan(5e-6);
    expect(worst(logVariance, inBatchOrder(values(oracle, 'presig'), batch.order))).toBeLessThan(5e-6);
  });

  test.for(undropped)('score every row alike: %s', (name) => {
    const { oracle, step, model } = run(name);
    const { batch } = step;
    const condition = oracle.config.conditional ? { z: inBatchOrder(values(oracle, 'z'), batch.order) } : {};
    const { offset, pen } = plainScore(model, { batch, condition, offsetLoss: 'reference' });
    const logs = (tensor: string): Float32Array =>
      packedRows(oracle, tensor, { order: batch.order, sizes: batch.decoderSizes }).map((loss) => -loss);
    expect(worst(offset, logs('ls'))).toBeLessThan(2e-5);
    expect(worst(pen, logs('lp'))).toBeLessThan(2e-5);
  });

  test.for(undropped)('cost alike in evaluation: %s', (name) => {
    const { oracle, model } = run(name);
    expect(costError(plainCosts(model, oracleStep(oracle, 'eval')), oracle.settings.eval)).toBeLessThan(3e-6);
  });

  test('cost alike where the floor of KL acts', () => {
    const { oracle, step, model } = run('lstm');
    const { trajectory_b: floored } = oracle.settings;
    const { total } = plainCosts(model, { ...step, klTolerance: floored?.kl_tolerance ?? NaN });
    expect(worst([total], [floored?.cost[0] ?? NaN])).toBeLessThan(3e-6);
  });
});

interface Run {
  readonly oracle: Oracle;
  readonly step: TrainingStep;
  readonly model: PlainModel;
}

function run(name: OracleCase): Run {
  const oracle = readOracle(name);
  return {
    oracle,
    step: oracleStep(oracle, 'train'),
    model: plainModel({ config: oracle.config, parameters: oracle.init }),
  };
}

/** The worst difference of an array of every sketch from the oracle's tensor of it. */
function errors(name: OracleCase): (tensor: string, of: (trace: Trace) => Iterable<number> | undefined) => number {
  const { oracle, step, model } = run(name);
  const traces = plainTraces(model, step);
  return (tensor, of) =>
    worst(
      traces.flatMap((trace) => [...(of(trace) ?? [])]),
      inBatchOrder(values(oracle, tensor), step.batch.order),
    );
}

function steepest(gradient: Float32Array): number {
  return gradient.reduce((best, g, i) => (Math.abs(g) > Math.abs(gradient[best] as number) ? i : best), 0);
}

/** The worst of what Magenta reports of a batch. */
function costError(costs: Costs, expected: OracleCosts | undefined): number {
  const { cost = NaN, r_cost = NaN, kl_cost = NaN, L_s = NaN, L_p = NaN } = expected ?? {};
  return worst(
    [costs.total, costs.reconstruction, costs.kl, costs.offset, costs.pen],
    [cost, r_cost, kl_cost, L_s, L_p],
  );
}
