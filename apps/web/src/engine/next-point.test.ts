import { drawRow, type Model, stepNumbers } from '@sketch-rnn/core';
import { plainDecoder, plainModel } from '@sketch-rnn/core/plain';
import { scaleOffsets, START_ROW } from '@sketch-rnn/data';
import { describe, expect, test } from 'vitest';
import { smallConfig, smallParameters, smallSketches } from '../../../../test/small-model.ts';
import { nextPoint } from './next-point.ts';

const SCALE = 20;
const TEMPERATURE = 0.6;
const config = smallConfig({ latentDropout: 0.4 }, 3);
const parameters = smallParameters(config, 5);
const plain = plainModel({ config, parameters });
const model = { config, scaleFactor: SCALE, temperatureForm: 'paper' } satisfies Partial<Model>;
const [sketch] = smallSketches([9], 3) as [Float32Array];
const request = { start: scaleOffsets(sketch, SCALE), label: 2, temperature: TEMPERATURE };

describe('nextPoint', () => {
  test('its moments are those of points that are drawn', () => {
    const decoder = plainDecoder(plain, { class: 2 });
    let step = decoder.step(Float64Array.from(START_ROW), decoder.initial);
    for (let i = 0; i < sketch.length; i += 3) {
      const [dx = 0, dy = 0, lift = 0] = sketch.subarray(i, i + 3);
      step = decoder.step(Float64Array.of(dx, dy, 1 - lift, lift, 0), step.state);
    }
    const raw = Float32Array.from(step.raw);
    const options = { mixtures: config.mixtures, temperature: TEMPERATURE, form: 'paper' } as const;
    const count = 40_000;
    const drawn = Array.from({ length: count }, (_, seed) => drawRow(raw, stepNumbers(seed, 0), options));
    const mean = (of: (row: Float32Array) => number): number => drawn.reduce((sum, row) => sum + of(row), 0) / count;

    const { gaussians, pen } = nextPoint(plain, model, request);
    const expected = (of: (gaussian: (typeof gaussians)[number]) => number): number =>
      gaussians.reduce((sum, gaussian) => sum + gaussian.share * of(gaussian), 0);
    const [x, y] = [
      (row: Float32Array) => SCALE * (row[0] as number),
      (row: Float32Array) => SCALE * (row[1] as number),
    ];
    const xx = expected((each) => each.sigmaX ** 2 + each.x ** 2);
    const yy = expected((each) => each.sigmaY ** 2 + each.y ** 2);
    // Four standard errors of the mean of so many draws.
    const near = (square: number): number => 4 * Math.sqrt(square / count);
    expect(Math.abs(mean(x) - expected((each) => each.x))).toBeLessThan(near(xx));
    expect(Math.abs(mean(y) - expected((each) => each.y))).toBeLessThan(near(yy));
    expect(mean((row) => x(row) ** 2) / xx).toBeCloseTo(1, 1);
    expect(mean((row) => x(row) * y(row)) / Math.sqrt(xx * yy)).toBeCloseTo(
      expected((each) => each.rho * each.sigmaX * each.sigmaY + each.x * each.y) / Math.sqrt(xx * yy),
      1,
    );
    for (const [state, probability] of pen.entries()) {
      expect(Math.abs(mean((row) => row[2 + state] as number) - probability)).toBeLessThan(near(1));
    }
  });

  test('shares and the pen sum to one, the likeliest first', () => {
    const { gaussians, pen } = nextPoint(plain, model, request);
    const shares = gaussians.map(({ share }) => share);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
    expect(shares).toEqual(shares.toSorted((a, b) => b - a));
    expect(pen[0] + pen[1] + pen[2]).toBeCloseTo(1, 9);
  });

  test('a model that needs a latent vector says so', () => {
    const needing = smallConfig({}, 3);
    const given = plainModel({ config: needing, parameters: smallParameters(needing, 5) });
    expect(() => nextPoint(given, { ...model, config: needing }, request)).toThrow(/^mixture: expected a model that/);
  });
});
