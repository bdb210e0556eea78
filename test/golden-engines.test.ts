import type { Engine, Model } from '@sketch-rnn/core';
import { pack, START_ROW } from '@sketch-rnn/data';
import { describe, expect, test } from 'vitest';
import { worst } from './closeness.ts';
import { engines, open } from './engines.ts';
import {
  encoderBatch,
  goldenAutoencoder,
  goldenDecoder,
  type GoldenStep,
  modelRow,
  type Row,
  ZEROS,
} from './golden.ts';
import { hasShared } from './shared.ts';

const CLOSE = 1e-5;
/**
 * Model units: how far float32 may move a mean. The published mixtures are down to 7e-6 wide, where the log density falls by 3e5
 * nats a unit: means that agree to `CLOSE` alone would say nothing of it.
 */
const MEAN_CLOSE = 2 ** -22;

/** One of the published models takes these long enough. */
const SLOW = new Set(['loops', 'webgpu in software']);

describe.for(engines)('$name', ({ name, runs }) => {
  describe.skipIf(!hasShared || !runs)("and Magenta's player", () => {
    const start = async (model: Model): Promise<Engine> => (await open(name)).create(model);

    test.for(SLOW.has(name) ? ['bird'] : ['bird', 'bear'])('predict the same %s', async (drawing) => {
      const { model, golden } = goldenDecoder(drawing);
      const engine = await start(model);
      const strokes = golden.input_strokes_pixels;
      await expectPredicted(engine, model, [
        { inputs: [ZEROS, ...strokes], steps: golden.teacher_forced_start_zeros.steps },
        { inputs: [[...START_ROW], ...strokes], steps: golden.teacher_forced_start_pen_down.steps },
      ]);
      engine.dispose();
    });

    test('predict the same from z', async () => {
      const { model, golden } = goldenAutoencoder();
      const engine = await start(model);
      const inputs = golden.steps.map((step) => step.input_pixels);
      await expectPredicted(engine, model, [{ inputs, steps: golden.steps, z: golden.z }]);
      engine.dispose();
    });

    test('encode to the same distribution', async () => {
      const { model, golden } = goldenAutoencoder();
      const engine = await start(model);
      const { mean, logVariance } = await engine.encode(encoderBatch(golden.strokes, model));
      expect(worst(mean, golden.mu)).toBeLessThan(CLOSE);
      const sigma = logVariance.map((x) => Math.exp(x / 2));
      expect(worst(sigma, golden.sigma)).toBeLessThan(CLOSE);
      engine.dispose();
    });
  });
});

interface Walk {
  /** Stroke-5 in pixels, the first row included. */
  readonly inputs: readonly Row[];
  readonly steps: readonly GoldenStep[];
  readonly z?: Row;
}

/** A row that may come next, and what the player holds of it. */
interface Candidate {
  /** Model units, in float32. */
  readonly offset: readonly [x: number, y: number];
  /** A place in `PENS`. */
  readonly pen: number;
  readonly step: GoldenStep;
}

/** Down, up, end: columns of stroke-5. */
const PENS = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];
const END = 2;

/** Holds an engine to walks of one length, side by side. */
async function expectPredicted(engine: Engine, model: Model, walks: readonly Walk[]): Promise<void> {
  const rows = byStep(walks.map((walk, place) => candidatesOf(walk, model, place)));
  const batch = {
    ...pack(walks.map(({ inputs }) => new Float32Array(3 * (inputs.length - 1)))),
    decoderInputs: Float32Array.from(
      byStep(walks.map(({ inputs }) => inputs)).flatMap((row) => [...modelRow(row, model)]),
    ),
    decoderTargets: Float32Array.from(rows.flatMap(({ offset, pen }) => [...offset, ...(PENS[pen] as number[])])),
    offsetWeights: Float32Array.from(rows, ({ pen }) => (pen === END ? 0 : 1)),
  };
  const z = walks.flatMap((walk) => walk.z ?? []);
  const condition = model.config.conditional ? { z: Float32Array.from(z) } : {};
  const { offset, pen } = await engine.score({ batch, condition, offsetLoss: 'reference' });
  const pens = rows.map((row) => row.step.pen[row.pen] as number);
  expect(worst(pen.map(Math.exp), pens)).toBeLessThan(CLOSE);
  for (const [place, row] of rows.entries()) {
    const expected = row.pen === END ? 0 : logDensity(row.step, row.offset);
    const close = CLOSE + MEAN_CLOSE * steepness(row.step, row.offset);
    expect(Math.abs((offset[place] as number) - expected), `row ${place}`).toBeLessThan(close);
  }
}

/**
 * What an engine is asked about at each row, since it tells a mixture by the density at one offset and a pen by one of its states: by
 * turns the offset that came next and the likeliest component's mean; and each state of the pen by turns.
 */
function candidatesOf({ inputs, steps }: Walk, model: Model, walk: number): Candidate[] {
  return steps.map((step, t) => {
    const likeliest = step.pi.indexOf(Math.max(...step.pi));
    const [x = 0, y = 0] =
      t % 2 === 0 ? modelRow(inputs[t + 1] ?? ZEROS, model) : [step.mu1[likeliest], step.mu2[likeliest]];
    return { offset: [Math.fround(x), Math.fround(y)], pen: (t + walk) % PENS.length, step };
  });
}

/** The first of each, the second of each, and so on: the order of a batch. */
function byStep<T>(lists: readonly (readonly T[])[]): T[] {
  return (lists[0] ?? []).flatMap((_, t) => lists.map((list) => list[t] as T));
}

/** log(sum_k pi_k N_k + 1e-6) of a row (Graves 2013, eq. 23 to 25; the last term is Magenta's). */
function logDensity({ pi, mu1, mu2, sigma1, sigma2, corr }: GoldenStep, [x, y]: Candidate['offset']): number {
  const density = pi.reduce((sum, weight, k) => {
    const at = (values: Row): number => values[k] as number;
    const [u, v] = [(x - at(mu1)) / at(sigma1), (y - at(mu2)) / at(sigma2)];
    const unexplained = 1 - at(corr) ** 2;
    const distance = (u * u + v * v - 2 * at(corr) * u * v) / unexplained;
    return sum + (weight * Math.exp(-distance / 2)) / (2 * Math.PI * at(sigma1) * at(sigma2) * Math.sqrt(unexplained));
  }, 0);
  return Math.log(density + 1e-6);
}

/** Nats the log density changes by, a model unit. */
function steepness(step: GoldenStep, [x, y]: Candidate['offset']): number {
  const reach = 1e-9;
  const along = (dx: number, dy: number): number =>
    (logDensity(step, [x + dx, y + dy]) - logDensity(step, [x - dx, y - dy])) / (2 * reach);
  return Math.hypot(along(reach, 0), along(0, reach));
}
