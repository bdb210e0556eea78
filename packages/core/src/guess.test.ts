import { pack, scaleOffsets, type Stroke3 } from '@sketch-rnn/data';
import { describe, expect, test } from 'vitest';
import { smallConfig, smallParameters, smallSketches } from '../../../test/small-model.ts';
import type { Config } from './config.ts';
import type { Condition, Engine, ScoreRequest } from './engine.ts';
import { classLikelihoods, guessClasses } from './guess.ts';
import { plainEncode, plainModel, type PlainModel, plainScore } from './plain/index.ts';

const SCALE = 20;

interface Fixture {
  readonly plain: PlainModel;
  readonly engine: Engine;
  readonly model: { readonly classes: readonly string[]; readonly scaleFactor: number };
  /** Rows of each batch that was scored. */
  readonly batches: number[];
}

/** A model of some classes, computed by loops and formulas. */
function fixture(classes: number, changes: Partial<Config> = {}): Fixture {
  const config = smallConfig(changes, classes);
  const plain = plainModel({ config, parameters: smallParameters(config, 5) });
  const batches: number[] = [];
  const engine = {
    config,
    async score(request: ScoreRequest) {
      batches.push(request.batch.decoderTargets.length / 5);
      const { offset, pen } = plainScore(plain, request);
      return { offset: Float32Array.from(offset), pen: Float32Array.from(pen) };
    },
    async encode(batch: Parameters<Engine['encode']>[0]) {
      const { mean, logVariance } = plainEncode(plain, batch);
      return { mean: Float32Array.from(mean), logVariance: Float32Array.from(logVariance) };
    },
  } as unknown as Engine;
  const names = Array.from({ length: classes }, (_, i) => `class ${i}`);
  return { plain, engine, batches, model: { classes: names, scaleFactor: SCALE } };
}

const drawings = smallSketches([4, 9, 1], 3).map((sketch) => scaleOffsets(sketch, SCALE));

/** Log likelihood of one drawing under one class, alone in its batch, by the rule of a change of variables. */
function alone({ plain }: Fixture, drawing: Stroke3, label: number): number {
  const batch = pack([scaleOffsets(drawing, 1 / SCALE)]);
  const { conditional, latentDropout, latentSize } = plain.config;
  const latent = (): Condition =>
    latentDropout > 0
      ? { z: new Float32Array(latentSize), hasLatent: Uint8Array.of(0) }
      : { z: Float32Array.from(plainEncode(plain, batch).mean) };
  const condition = { classes: Int32Array.of(label), ...(conditional && latent()) };
  const { offset, pen } = plainScore(plain, { batch, condition });
  const inDataUnits = offset.slice(0, -1).map((density) => Math.log(Math.exp(density) / SCALE ** 2));
  return [...inDataUnits, ...pen].reduce((sum, nats) => sum + nats, 0);
}

describe('guessClasses', () => {
  test.for([
    ['a decoder alone', { conditional: false }],
    ['a model that can do without z', { latentDropout: 0.4 }],
    ['a model that was never trained without z: under the mean of the posterior', {}],
  ] as const)('agrees with each drawing and class on its own: %s', async ([, changes]) => {
    const given = fixture(5, changes);
    const guesses = await guessClasses(given.engine, given.model, { drawings });
    for (const [i, drawing] of drawings.entries()) {
      const expected = given.model.classes.map((_, label) => alone(given, drawing, label));
      const evidence = expected.reduce((sum, nats) => sum + Math.exp(nats), 0);
      expect(guesses[i]).toHaveLength(5);
      for (const { className, logLikelihood, probability } of guesses[i] ?? []) {
        const nats = expected[given.model.classes.indexOf(className)] as number;
        expect(logLikelihood).toBeCloseTo(nats, 3);
        expect(probability).toBeCloseTo(Math.exp(nats) / evidence, 4);
      }
    }
  });

  test('probabilities sum to one, the likeliest first, also where densities would underflow', async () => {
    const { engine, model } = fixture(7, { conditional: false });
    const long = smallSketches([300], 8).map((sketch) => scaleOffsets(sketch, SCALE));
    for (const guesses of await guessClasses(engine, model, { drawings: [...drawings, ...long] })) {
      const probabilities = guesses.map(({ probability }) => probability);
      expect(probabilities.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 12);
      expect(probabilities).toEqual(probabilities.toSorted((a, b) => b - a));
      expect(new Set(guesses.map(({ className }) => className)).size).toBe(7);
    }
  });

  test('batches are bounded, and say nothing else than one large one', async () => {
    const given = fixture(345, { conditional: false });
    const [long] = smallSketches([120], 2).map((sketch) => scaleOffsets(sketch, SCALE)) as [Stroke3];
    const shares: number[] = [];
    const onProgress = (share: number): number => shares.push(share);
    const [guesses] = await guessClasses(given.engine, given.model, { drawings: [long], onProgress });
    expect(given.batches.length).toBeGreaterThan(1);
    expect(Math.max(...given.batches)).toBeLessThanOrEqual(10_000);
    expect(given.batches.reduce((sum, rows) => sum + rows, 0)).toBe(345 * 121);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    const found = guesses?.find(({ className }) => className === 'class 344');
    expect(found?.logLikelihood).toBeCloseTo(alone(given, long, 344), 2);
  });

  test('class by class the likelihoods are those of all at once, in the order asked for', async () => {
    const { engine, model } = fixture(5, { latentDropout: 0.4 });
    const whole = await classLikelihoods(engine, model, { drawings, labels: [0, 1, 2, 3, 4] });
    const some = await classLikelihoods(engine, model, { drawings, labels: [3, 1] });
    for (const [i, likelihoods] of some.entries()) {
      expect(likelihoods[0]).toBeCloseTo(whole[i]?.[3] as number, 5);
      expect(likelihoods[1]).toBeCloseTo(whole[i]?.[1] as number, 5);
    }
  });

  test('a drawing that may go on is as likely as it is, its end set aside', async () => {
    const given = fixture(5, { conditional: false });
    const labels = [2, 4];
    const likelihoods = await classLikelihoods(given.engine, given.model, { drawings, labels, unfinished: true });
    for (const [i, drawing] of drawings.entries()) {
      for (const [place, label] of labels.entries()) {
        const batch = pack([scaleOffsets(drawing, 1 / SCALE)]);
        const end = plainScore(given.plain, { batch, condition: { classes: Int32Array.of(label) } }).pen.at(-1);
        expect(likelihoods[i]?.[place]).toBeCloseTo(alone(given, drawing, label) - (end as number), 3);
      }
    }
  });

  test('a model of one class has nothing to choose from', async () => {
    const { engine, model } = fixture(1, { conditional: false });
    await expect(guessClasses(engine, model, { drawings })).rejects.toThrow(
      /^guess: expected a model of several classes, got one of "class 0" alone - use one/,
    );
  });
});
