import { configFrom } from '@sketch-rnn/core';
import { describe, expect, test } from 'vitest';
import { exampleEvaluation } from './example.ts';
import { latentWarning } from './latent.ts';
import type { EvaluationRecord } from './records.ts';

const evaluation = (kl: number, latentGain?: number): EvaluationRecord => {
  const { valid } = exampleEvaluation(250);
  return exampleEvaluation(250, { valid: { ...valid, kl }, ...(latentGain === undefined ? {} : { latentGain }) });
};

/** Magenta's graph on face.npz with the KL of the Keras port: z 32, weight 0.32 at once, floor 0.2 / 32. */
const penguin = configFrom('small', { latentSize: 32, klWeight: 0.32, klWeightStart: 0.32, klTolerance: 0.00625 });
const healthy = configFrom('small', { latentSize: 32, klWeight: 0.1 });

describe('the latent', () => {
  test('of the penguin is dead, by its gain (0.93 nats) as by its KL (0.010)', () => {
    expect(latentWarning([evaluation(0.021, 0.95), evaluation(0.01, 0.93)], penguin)).toBe(
      "the latent has died: under another drawing's z a drawing loses 0.93 nats, expected at least 3 - " +
        'start again with --set klWeight=0.16 --set klWeightStart=0.016 --set klTolerance=0.2',
    );
    expect(latentWarning([evaluation(0.021), evaluation(0.01)], penguin)).toMatch(
      /z carries 0\.32 nats a drawing \(KL 0\.0100, floor 0\.00625\)/,
    );
  });

  test('of the cured run is alive: gain 36 nats, KL 0.348', () => {
    expect(latentWarning([evaluation(0.364, 30), evaluation(0.348, 36)], healthy)).toBeUndefined();
    expect(latentWarning([evaluation(0.364), evaluation(0.348)], healthy)).toBeUndefined();
  });

  test('on its floor of 0.2 is not called dead by KL alone: 6.4 nats get through', () => {
    expect(latentWarning([evaluation(0.2), evaluation(0.2)], healthy)).toBeUndefined();
  });

  test('is judged by what was measured, where KL says otherwise', () => {
    expect(latentWarning([evaluation(0.2, 0.5), evaluation(0.2, 0.5)], healthy)).toMatch(/loses 0\.50 nats/);
    expect(latentWarning([evaluation(0.001, 10), evaluation(0.001, 10)], healthy)).toBeUndefined();
  });

  test('has time to fill at the start, and may stumble once', () => {
    expect(latentWarning([], healthy)).toBeUndefined();
    expect(latentWarning([evaluation(0, 0)], healthy)).toBeUndefined();
    expect(latentWarning([evaluation(0.3, 20), evaluation(0, 0)], healthy)).toBeUndefined();
    expect(latentWarning([evaluation(0, 0), evaluation(0.3, 20)], healthy)).toBeUndefined();
  });

  test('is not missed in a model that has none', () => {
    expect(latentWarning([evaluation(0), evaluation(0)], configFrom('small', { conditional: false }))).toBeUndefined();
  });
});
