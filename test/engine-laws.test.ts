import type { Engine, EngineStart, SampleRequest, TrainingStep } from '@sketch-rnn/core';
import { drawRow, initialise, posteriorLatents, stepNumbers } from '@sketch-rnn/core';
import { plainDecoder, plainModel, sketchCondition } from '@sketch-rnn/core/plain';
import { keyOf, normals, pack, START_ROW } from '@sketch-rnn/data';
import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { worst } from './closeness.ts';
import { engines, open } from './engines.ts';
import { SMALL_LENGTHS, smallConfig, smallParameters, smallSketches, smallStep } from './small-model.ts';

const cells = ['lstm', 'layer_norm', 'hyper'] as const;

describe.for(engines)('$name', ({ name, runs }) => {
  describe.skipIf(!runs)('as an engine', () => {
    let create: (start: EngineStart) => Engine;
    beforeAll(async () => {
      create = (await open(name)).create;
    });

    test.for(cells)('goes on from weights and moments as if never stopped: %s', async (cell) => {
      const config = smallConfig({ encoderCell: cell, decoderCell: cell });
      const step = (seed: number): TrainingStep =>
        smallStep(config, {
          changes: { dropout: { recurrentDropout: 0.2, inputDropout: 0.1, outputDropout: 0.1, seed } },
        });
      const whole = create({ config, parameters: smallParameters(config, 1) });
      for (let seed = 0; seed < 4; seed++) await whole.trainStep(step(seed));
      const first = create({ config, parameters: smallParameters(config, 1) });
      for (let seed = 0; seed < 2; seed++) await first.trainStep(step(seed));
      const second = create({ config, parameters: await first.parameters(), optimiser: await first.optimiser() });
      for (let seed = 2; seed < 4; seed++) await second.trainStep(step(seed));
      expect(await second.parameters()).toEqual(await whole.parameters());
      expect(await second.optimiser()).toEqual(await whole.optimiser());
      for (const engine of [whole, first, second]) engine.dispose();
    });

    // A model of its own twice, compiled in software.
    test.for(cells)(
      'goes on from weights it has loaded as if it had been opened with them: %s',
      { timeout: 120_000 },
      async (cell) => {
        const config = smallConfig({ encoderCell: cell, decoderCell: cell });
        const parameters = smallParameters(config, 2);
        const loaded = create({ config, parameters: smallParameters(config, 1) });
        await loaded.trainStep(smallStep(config));
        await loaded.load(parameters);
        expect(await loaded.parameters()).toEqual(parameters);
        const fresh = create({ config, parameters, optimiser: await loaded.optimiser() });
        const posterior = await fresh.encode(smallStep(config).batch);
        expect(await loaded.encode(smallStep(config).batch)).toEqual(posterior);
        for (const engine of [loaded, fresh]) await engine.trainStep(smallStep(config));
        expect(await loaded.parameters()).toEqual(await fresh.parameters());
        expect(await loaded.optimiser()).toEqual(await fresh.optimiser());
        for (const engine of [loaded, fresh]) engine.dispose();
      },
    );

    test.for(cells)(
      'a packed batch costs and teaches what its sketches do one by one, and padded: %s',
      async (cell) => {
        const config = smallConfig({ encoderCell: cell, decoderCell: cell }, 2);
        const engine = create({ config, parameters: smallParameters(config, 3) });
        const packed = await engine.gradients(smallStep(config));
        const singly = await Promise.all(
          SMALL_LENGTHS.map((_, index) => engine.gradients(smallStep(config, { chosen: [index] }))),
        );
        // Rows past the first end row weigh nothing, as they do not in the packed form.
        const { batch, ...rest } = smallStep(config, { packing: { padTo: 12 } });
        const penWeights = batch.penWeights.slice();
        let row = 0;
        for (const [t, size] of batch.decoderSizes.entries()) {
          for (let i = 0; i < size; i++, row++) if (t > (batch.lengths[i] as number)) penWeights[row] = 0;
        }
        const padded = await engine.gradients({ ...rest, batch: { ...batch, penWeights } });
        const mean = (of: (result: (typeof singly)[number]) => number): number =>
          singly.reduce((sum, result) => sum + of(result), 0) / singly.length;
        for (const [parameter, gradient] of Object.entries(packed.gradients)) {
          const one = gradient.map((_, i) => mean(({ gradients }) => gradients[parameter]?.[i] as number));
          expect.soft(worst(gradient, one), parameter).toBeLessThan(2e-6);
          expect.soft(worst(gradient, padded.gradients[parameter] ?? []), parameter).toBeLessThan(2e-6);
        }
        expect(packed.costs.total).toBeCloseTo(
          mean(({ costs }) => costs.total),
          5,
        );
        expect(packed.costs.total).toBeCloseTo(padded.costs.total, 5);
        engine.dispose();
      },
    );

    test('a step that is not finite changes nothing, and says so', async () => {
      const config = smallConfig();
      const engine = create({ config, parameters: smallParameters(config, 1) });
      const step = smallStep(config);
      const epsilon = Float32Array.from(step.epsilon as Float32Array);
      epsilon[0] = Number.NaN;
      const [weights, moments] = [await engine.parameters(), await engine.optimiser()];
      expect((await engine.trainStep({ ...step, epsilon })).applied).toBe(false);
      expect(await engine.parameters()).toEqual(weights);
      expect(await engine.optimiser()).toEqual(moments);
      expect((await engine.trainStep(step)).applied).toBe(true);
      engine.dispose();
    });

    // Three hundred steps, in software some of them.
    test('learns one sketch by heart', { timeout: 300_000 }, async () => {
      const config = smallConfig({ decoderSize: 24 });
      const engine = create({ config, parameters: initialise(config, 1) });
      const [sketch] = smallSketches([6], 3) as [Float32Array];
      const batch = pack([sketch]);
      const step = {
        ...smallStep(config),
        batch,
        epsilon: normals(keyOf(1), config.latentSize),
        lossLength: 7,
        learningRate: 0.02,
      };
      const before = await engine.trainStep(step);
      for (let k = 0; k < 300; k++) await engine.trainStep(step);
      const after = await engine.trainStep(step);
      // A density knows no floor: what is known by heart costs less than nothing.
      expect(after.reconstruction).toBeLessThan(Math.min(-1, before.reconstruction - 3));
      const drawn = await engine.sample({
        count: 1,
        condition: { z: posteriorLatents(await engine.encode(batch), step.epsilon) },
        temperature: 0,
        maxLength: 20,
        seeds: [1],
      });
      expect(drawn[0]?.ended).toBe(true);
      expect(worst(drawn[0]?.stroke3 ?? [], sketch)).toBeLessThan(0.3);
      engine.dispose();
    });

    test.for(cells)('draws what the plain model draws: %s', async (cell) => {
      const config = smallConfig({ encoderCell: cell, decoderCell: cell, latentDropout: 0.5 }, 2);
      const parameters = smallParameters(config, 5);
      const engine = create({ config, parameters });
      const [start] = smallSketches([3], 2) as [Float32Array];
      const request: SampleRequest = {
        count: 3,
        condition: {
          z: normals(keyOf(3), 3 * config.latentSize),
          hasLatent: Uint8Array.of(1, 0, 1),
          classes: Int32Array.of(0, 1, 1),
        },
        starts: [start, new Float32Array(0), start],
        temperature: 0.6,
        maxLength: 25,
        seeds: [11, 12, 13],
      };
      const drawn = await engine.sample(request);
      for (const [i, { stroke3, ended }] of drawn.entries()) {
        const expected = plainSample({ config, parameters }, request, i);
        expect(ended).toBe(expected.ended);
        expect(worst(stroke3, expected.rows)).toBeLessThan(1e-3);
      }
      engine.dispose();
    });

    test('a seed gives the same sketch whatever is drawn beside it', async () => {
      const config = smallConfig({ conditional: false });
      const engine = create({ config, parameters: smallParameters(config, 4) });
      const draw = (seeds: number[]) =>
        engine.sample({ count: seeds.length, condition: {}, temperature: 0.8, maxLength: 15, seeds });
      const [alone] = await draw([7]);
      const [, , beside] = await draw([5, 6, 7, 8]);
      expect(beside?.ended).toBe(alone?.ended);
      expect(worst(beside?.stroke3 ?? [], alone?.stroke3 ?? [])).toBeLessThan(1e-4);
      engine.dispose();
    });

    test('masks of a seed are its own: the same seed the same costs, another seed others', async () => {
      const config = smallConfig();
      const engine = create({ config, parameters: smallParameters(config, 1) });
      const cost = async (seed: number): Promise<number> => {
        const dropout = { recurrentDropout: 0.3, inputDropout: 0.2, outputDropout: 0.2, seed };
        return (await engine.gradients(smallStep(config, { changes: { dropout } }))).costs.total;
      };
      expect(await cost(1)).toBe(await cost(1));
      expect(await cost(1)).not.toBe(await cost(2));
      engine.dispose();
    });

    test('leaves no tensor behind', async () => {
      const before = memory().numTensors;
      const config = smallConfig({ latentDropout: 0.5 }, 2);
      const engine = create({ config, parameters: smallParameters(config, 1) });
      const held = memory().numTensors;
      const step = smallStep(config, {
        changes: {
          hasLatent: Uint8Array.of(1, 0, 1, 1),
          dropout: { recurrentDropout: 0.1, inputDropout: 0.1, outputDropout: 0.1, seed: 1 },
        },
      });
      const z = step.epsilon as Float32Array;
      const classes = step.classes as Int32Array;
      await engine.trainStep(step);
      await engine.trainStep({ ...step, epsilon: z.map(() => Number.NaN) });
      await engine.gradients(step);
      await engine.score({ batch: step.batch, condition: { z, classes } });
      await engine.encode(step.batch);
      await engine.sample({ count: 4, condition: { z, classes }, temperature: 0.5, maxLength: 5, seeds: [1, 2, 3, 4] });
      await engine.parameters();
      await engine.optimiser();
      expect(memory().numTensors).toBe(held);
      engine.dispose();
      expect(memory().numTensors).toBe(before);
    });

    test('weights of another shape are refused by name', () => {
      const config = smallConfig();
      const { 'output.bias': bias, ...rest } = smallParameters(config, 1);
      expect(bias).toBeDefined();
      expect(() => create({ config, parameters: rest })).toThrow(/weights\.output\.bias: expected 27 numbers/);
    });

    test('what a model needs and does not get is named', async () => {
      const config = smallConfig({}, 2);
      const engine = create({ config, parameters: smallParameters(config, 1) });
      const { batch, epsilon, classes } = smallStep(config);
      await expect(engine.score({ batch, condition: { z: epsilon as Float32Array } })).rejects.toThrow(
        /condition\.classes/,
      );
      await expect(engine.score({ batch, condition: { classes: classes as Int32Array } })).rejects.toThrow(
        /condition\.z/,
      );
      engine.dispose();
    });
  });
});

/** The sketch of one seed, step by step through the plain model in float64. */
function plainSample(start: EngineStart, request: SampleRequest, i: number): { rows: number[]; ended: boolean } {
  const { config } = start;
  const { condition, starts, temperature, maxLength, seeds } = request;
  const model = plainModel(start);
  const decoder = plainDecoder(model, sketchCondition(model, condition, i));
  const rows: number[] = [];
  let input: Float32Array = Float32Array.from(START_ROW);
  let { initial: state } = decoder;
  for (let t = 0; t < maxLength; t++) {
    const next = decoder.step(Float64Array.from(input), state);
    state = next.state;
    const given = starts?.[i]?.subarray(3 * t, 3 * t + 3) ?? new Float32Array(0);
    const [dx, dy, lift] = given;
    input =
      dx === undefined || dy === undefined || lift === undefined
        ? drawRow(Float32Array.from(next.raw), stepNumbers(seeds[i] as number, t), {
            mixtures: config.mixtures,
            temperature,
            form: 'paper',
          })
        : Float32Array.of(dx, dy, 1 - lift, lift, 0);
    if (input[4] === 1) return { rows, ended: true };
    rows.push(input[0] as number, input[1] as number, input[3] as number);
  }
  return { rows, ended: false };
}
