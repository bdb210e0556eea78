import { describe, expect, test } from 'vitest';
import { worst } from '../../../../test/closeness.ts';
import { SMALL_LENGTHS, smallConfig, smallParameters, smallStep } from '../../../../test/small-model.ts';
import type { Cell, ModelConfig } from '../config.ts';
import type { Costs } from '../engine.ts';
import { plainCosts, plainDecoder, plainModel, type PlainModel, plainScore, plainTraces } from './index.ts';

const cells: readonly Cell[] = ['lstm', 'layer_norm', 'hyper'];
const modelOf = (config: ModelConfig): PlainModel => plainModel({ config, parameters: smallParameters(config, 2) });

const figures = (costs: Costs): number[] => [costs.total, costs.reconstruction, costs.offset, costs.pen, costs.kl];

describe.for(cells)('costs of a batch: %s', (cell) => {
  const config = smallConfig({ encoderCell: cell, decoderCell: cell }, 3);
  const model = modelOf(config);

  test('are the mean of those of its sketches one by one', () => {
    const alone = SMALL_LENGTHS.map((_, index) => figures(plainCosts(model, smallStep(config, { chosen: [index] }))));
    const mean = alone[0]?.map((_, k) => alone.reduce((sum, costs) => sum + (costs[k] as number) / alone.length, 0));
    expect(worst(figures(plainCosts(model, smallStep(config))), mean ?? [])).toBeLessThan(1e-12);
  });

  test('are those of the padded form where padding has no weight but on the one end row', () => {
    const padded = smallStep(config, { packing: { padTo: 12 } });
    const penWeights = padded.batch.penWeights.slice();
    let row = 0;
    for (const [t, size] of padded.batch.decoderSizes.entries()) {
      for (let i = 0; i < size; i++, row++) penWeights[row] = t <= (padded.batch.lengths[i] as number) ? 1 : 0;
    }
    const costs = plainCosts(model, { ...padded, batch: { ...padded.batch, penWeights } });
    expect(worst(figures(costs), figures(plainCosts(model, smallStep(config))))).toBeLessThan(1e-12);
  });

  test('are the weighted log probabilities that scoring gives, and KL', () => {
    const step = smallStep(config);
    const { batch } = step;
    const z = Float32Array.from(plainTraces(model, step).flatMap((trace) => [...(trace.z ?? [])]));
    const scores = plainScore(model, { batch, condition: { z, classes: step.classes ?? new Int32Array() } });
    const weighed = (logs: ArrayLike<number>, weights: Float32Array): number =>
      -weights.reduce((sum, weight, row) => sum + weight * (logs[row] as number), 0) / (12 * SMALL_LENGTHS.length);
    for (const [row, value] of scores.offset.entries()) {
      expect(value === 0).toBe(batch.decoderTargets[5 * row + 4] === 1);
    }
    const { offset, pen, kl, total } = plainCosts(model, step);
    // z went through float32.
    expect(offset).toBeCloseTo(weighed(scores.offset, batch.offsetWeights), 6);
    expect(pen).toBeCloseTo(weighed(scores.pen, batch.penWeights), 6);
    expect(total).toBeCloseTo(offset + pen + 0.5 * kl, 12);
  });

  test('stepping is reading a whole sketch', () => {
    const step = smallStep(config, { chosen: [1] });
    const [trace] = plainTraces(model, step);
    const decoder = plainDecoder(model, { z: trace?.z, class: 1 });
    let state = decoder.initial;
    for (const [t, raw] of trace?.decoded.raws.entries() ?? []) {
      const next = decoder.step(step.batch.decoderInputs.subarray(5 * t, 5 * t + 5), state);
      expect(worst(next.raw, raw)).toBe(0);
      state = next.state;
    }
    expect(worst(state, trace?.decoded.states.at(-1) ?? [])).toBe(0);
  });
});

describe('latent dropout', () => {
  const config = smallConfig({ latentDropout: 0.4 });
  const hasLatent = Uint8Array.of(0, 0, 0, 0);

  test('makes z irrelevant, and so noise and encoder', () => {
    const step = smallStep(config, { changes: { hasLatent } });
    const expected = plainCosts(modelOf(config), step);
    const parameters = Object.entries(smallParameters(config, 2));
    const deaf = plainModel({
      config,
      parameters: Object.fromEntries(
        parameters.map(([name, values]) => [name, /^(encoder|latent)/.test(name) ? values.map((x) => -x) : values]),
      ),
    });
    const noise = (step.epsilon ?? new Float32Array()).map((x) => x + 1);
    expect(plainCosts(deaf, { ...step, epsilon: noise })).toEqual(expected);
    expect(expected.kl).toBe(0);
    expect(expected.total).toBe(expected.reconstruction);
  });

  test('tells the decoder so', () => {
    const model = modelOf(config);
    const zero = plainDecoder(model, { z: new Float64Array(config.latentSize) });
    expect(worst(plainDecoder(model).initial, zero.initial)).toBeGreaterThan(1e-3);
  });

  test('leaves KL to the sketches with a latent, and weighs it by their share', () => {
    const model = modelOf(config);
    // Longest first: sketches 1, 3, 0, 2.
    const mixed = plainCosts(model, smallStep(config, { changes: { hasLatent: Uint8Array.of(1, 0, 1, 0) } }));
    const alone = [1, 0].map((index) => plainCosts(model, smallStep(config, { chosen: [index] })).kl);
    expect(mixed.kl).toBeCloseTo(((alone[0] as number) + (alone[1] as number)) / 2, 12);
    expect(mixed.total - mixed.reconstruction).toBeCloseTo((0.5 * mixed.kl) / 2, 12);
  });
});

describe('KL', () => {
  const config = smallConfig();

  test('is not pressed below its floor, and is reported without it', () => {
    const free = plainCosts(modelOf(config), smallStep(config));
    const floored = plainCosts(modelOf(config), smallStep(config, { changes: { klTolerance: free.kl + 1 } }));
    expect(floored.kl).toBe(free.kl);
    expect(floored.total - floored.reconstruction).toBeCloseTo(0.5 * (free.kl + 1), 12);
  });

  test('is 0 in an unconditional model, whatever its floor', () => {
    const unconditional = smallConfig({ conditional: false });
    const costs = plainCosts(modelOf(unconditional), smallStep(unconditional, { changes: { klTolerance: 0.2 } }));
    expect(costs.kl).toBe(0);
    expect(costs.total).toBe(costs.reconstruction);
  });
});

describe('classes', () => {
  test('count where the model has more than one', () => {
    const config = smallConfig({}, 3);
    const costs = [0, 1].map((n) =>
      plainCosts(modelOf(config), smallStep(config, { changes: { classes: Int32Array.of(n, n, n, n) } })),
    );
    expect(Math.abs((costs[0]?.total ?? NaN) - (costs[1]?.total ?? NaN))).toBeGreaterThan(1e-3);
  });

  test('do not where it has one', () => {
    const config = smallConfig();
    const costs = [0, 1].map((n) =>
      plainCosts(modelOf(config), smallStep(config, { changes: { classes: Int32Array.of(n, n, n, n) } })),
    );
    expect(costs[0]).toEqual(costs[1]);
  });

  test.for([undefined, -1, 3])('have to be named: %s of 3 is refused', (number) => {
    const config = smallConfig({}, 3);
    expect(() => plainDecoder(modelOf(config), { class: number })).toThrow(
      'condition.class: expected a number under 3',
    );
  });
});
