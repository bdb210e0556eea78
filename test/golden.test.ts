import { START_ROW } from '@sketch-rnn/data';
import { drawRow, type Model, softening } from '@sketch-rnn/core';
import { type Floats, mixtureOf, plainDecoder, plainEncode, plainModel } from '@sketch-rnn/core/plain';
import { describe, expect, test } from 'vitest';
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

// Both sides compute in doubles over the same float32 weights: far closer than the 1e-5 a float32 engine is held to.
const CLOSE = 1e-10;
// Data units, in offsets of up to 700: rows are drawn in float32, and rho keeps a hundred-thousandth off +-1.
const DRAWN_CLOSE = 1e-2;

describe.skipIf(!hasShared).each(['bird', 'bear'])('the published model of a %s', (name) => {
  const read = () => goldenDecoder(name);

  test.each([
    { start: ZEROS, walk: 'teacher_forced_start_zeros' },
    { start: START_ROW, walk: 'teacher_forced_start_pen_down' },
  ] as const)('predicts as its player does from $start on', ({ start, walk }) => {
    const { model, golden } = read();
    const { steps, final_c, final_h } = golden[walk];
    const decoder = plainDecoder(plainModel(model));
    let state = decoder.initial;
    for (const [t, row] of [start, ...golden.input_strokes_pixels].entries()) {
      const next = decoder.step(modelRow(row, model), state);
      expectStep(next.raw, steps[t] as GoldenStep);
      state = next.state;
    }
    expectClose(state, [...final_c, ...final_h]);
  });

  test('draws the same without chance', () => {
    const { model, golden } = read();
    expectDrawn(model, golden.greedy, (raw) =>
      drawRow(raw, { component: 0, pen: 0, x: 0, y: 0 }, { mixtures: 20, temperature: 0, form: model.temperatureForm }),
    );
  });

  test('draws the same from the same random numbers', () => {
    const { model, golden } = read();
    for (const { seed, temperature, strokes } of golden.samples) {
      const random = playerNumbers(seed);
      expectDrawn(model, strokes, (raw) => {
        const component = random.uniform();
        const pen = random.uniform();
        const rho = rhoChosen(raw, component, softening(temperature, model.temperatureForm).logits);
        const normals = { component, pen, ...turned(random.normal(), random.normal(), rho) };
        return drawRow(raw, normals, { mixtures: 20, temperature, form: model.temperatureForm });
      });
    }
  });
});

describe.skipIf(!hasShared)('a small model with encoder', () => {
  test('encodes as its player does', () => {
    const { model, golden } = goldenAutoencoder();
    const { mean, logVariance } = plainEncode(plainModel(model), encoderBatch(golden.strokes, model));
    // The batch holds float32 offsets.
    expectClose(mean, golden.mu, 1e-7);
    expectClose(
      logVariance.map((x) => Math.exp(x / 2)),
      golden.sigma,
      1e-7,
    );
  });

  test('decodes its z as its player does', () => {
    const { model, golden } = goldenAutoencoder();
    const decoder = plainDecoder(plainModel(model), { z: Float64Array.from(golden.z) });
    expectClose(decoder.initial, [...golden.init_c, ...golden.init_h]);
    let state = decoder.initial;
    for (const step of golden.steps) {
      const next = decoder.step(modelRow(step.input_pixels, model), state);
      expectStep(next.raw, step);
      state = next.state;
    }
  });
});

/** Holds each row to the player's, which begins with zeros; its row goes back in, so that differences do not add up. */
function expectDrawn(model: Model, golden: readonly Row[], next: (raw: Float32Array) => Float32Array): void {
  const decoder = plainDecoder(plainModel(model));
  let state = decoder.initial;
  for (const [t, row] of golden.entries()) {
    const step = decoder.step(modelRow(golden[t - 1] ?? ZEROS, model), state);
    const [dx = NaN, dy = NaN, ...pen] = next(Float32Array.from(step.raw));
    expectClose([dx * model.scaleFactor, dy * model.scaleFactor], row.slice(0, 2), DRAWN_CLOSE);
    expect(pen, `pen of row ${t}`).toEqual(row.slice(2));
    state = step.state;
  }
}

/** The players' random numbers: mulberry32, normals by the polar method (Marsaglia & Bray 1964), two at a time. */
function playerNumbers(seed: number): { uniform: () => number; normal: () => number } {
  let counter = seed;
  const uniform = (): number => {
    counter = (counter + 0x6d2b79f5) | 0;
    let mixed = Math.imul(counter ^ (counter >>> 15), counter | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const spare: number[] = [];
  const normal = (): number => {
    const kept = spare.pop();
    if (kept !== undefined) return kept;
    for (;;) {
      const u = 2 * uniform() - 1;
      const v = 2 * uniform() - 1;
      const square = u * u + v * v;
      if (square === 0 || square > 1) continue;
      const length = Math.sqrt((-2 * Math.log(square)) / square);
      spare.push(v * length);
      return u * length;
    }
  };
  return { uniform, normal };
}

/** rho of the component the player's uniform number chooses. */
function rhoChosen(raw: Float32Array, uniform: number, divisor: number): number {
  const logits = raw.subarray(3, 23).map((logit) => logit / divisor);
  const { logPi, rho } = mixtureOf(Float64Array.of(...raw.subarray(0, 3), ...logits, ...raw.subarray(23)), 'reference');
  let sum = 0;
  const chosen = logPi.findIndex((log) => (sum += Math.exp(log)) >= uniform);
  return rho.at(chosen) as number;
}

/** The player correlates x with y, ours y with x: the normals that give ours the player's offset. */
function turned(first: number, second: number, rho: number): { x: number; y: number } {
  const across = Math.sqrt(1 - rho * rho);
  return { x: across * first + rho * second, y: across * second - rho * first };
}

function expectStep(raw: Floats, step: GoldenStep): void {
  const mixture = mixtureOf(raw, 'reference');
  const exponentials = Array.from(raw.subarray(0, 3), (logit) => Math.exp(logit));
  const sum = exponentials.reduce((a, b) => a + b, 0);
  expectClose(
    exponentials.map((x) => x / sum),
    step.pen,
  );
  expectClose(mixture.logPi.map(Math.exp), step.pi);
  expectClose(mixture.muX, step.mu1);
  expectClose(mixture.muY, step.mu2);
  expectClose(mixture.logSigmaX.map(Math.exp), step.sigma1);
  expectClose(mixture.logSigmaY.map(Math.exp), step.sigma2);
  expectClose(mixture.rho, step.corr);
}

function expectClose(values: ArrayLike<number>, golden: Row, tolerance: number = CLOSE): void {
  expect(values.length).toBe(golden.length);
  for (const [i, expected] of golden.entries()) {
    expect(Math.abs((values[i] as number) - expected), `number ${i}`).toBeLessThan(tolerance);
  }
}
