import { describe, expect, test } from 'vitest';
import { presets } from './config.ts';
import { klWeightAt, learningRateAt } from './schedules.ts';

describe('schedules of the magenta preset', () => {
  // What Magenta's own schedules give, to the digits they were written down with.
  test.for([
    { step: 0, learningRate: 0.001, klWeight: 0.01 },
    { step: 500, learningRate: 0.000952, klWeight: 0.0221 },
    { step: 23_020, learningRate: 0.000109, klWeight: 0.345 },
  ])('step $step', ({ step, learningRate, klWeight }) => {
    expect(learningRateAt(presets.magenta, step)).toBeCloseTo(learningRate, 6);
    expect(klWeightAt(presets.magenta, step)).toBeCloseTo(klWeight, 4);
  });

  test('end where they are meant to', () => {
    expect(learningRateAt(presets.magenta, 1e7)).toBeCloseTo(presets.magenta.minLearningRate, 12);
    expect(klWeightAt(presets.magenta, 1e7)).toBeCloseTo(presets.magenta.klWeight, 12);
  });
});
