/** A run to test with: small, and every number of it tells the step it belongs to. */
import { configFrom, modelConfigOf, type Parameters, parameterSpecs } from '@sketch-rnn/core';
import type { Checkpoint } from './checkpoint.ts';
import { loadLatest, saveCheckpoint } from './checkpoints.ts';
import { openRun, saveDescription } from './folder.ts';
import type { EvaluationRecord, RunDescription, TrainingRecord } from './records.ts';

const training = configFrom('tiny');

/** Weights and moments are functions of the step: those of two steps cannot be taken for each other. */
export function exampleCheckpoint(step: number, changes: Partial<Checkpoint> = {}): Checkpoint {
  const config = modelConfigOf(changes.training ?? training, 1);
  const filled = (part: number): Parameters =>
    Object.fromEntries(
      Object.entries(parameterSpecs(config)).map(([name, { shape }]) => {
        const length = shape.reduce((product, size) => product * size, 1);
        return [name, Float32Array.from({ length }, (_, i) => Math.sin(step + part / 3 + i / 7))];
      }),
    );
  return {
    model: {
      config,
      parameters: filled(0),
      scaleFactor: 30.0571,
      lossLength: 119,
      classes: ['face'],
      temperatureForm: 'paper',
      data: { name: 'quickdraw:face', licence: 'CC BY 4.0' },
      step,
    },
    optimiser: { step, first: filled(1), second: filled(2) },
    average: { looks: step + 1, parameters: filled(3) },
    training,
    seed: 7,
    step,
    skippedSteps: 0,
    seconds: step / 10,
    sources: ['quickdraw:face'],
    engine: 'reference (cpu)',
    ...changes,
  };
}

export const exampleDescription: RunDescription = {
  config: training,
  seed: 7,
  sources: ['quickdraw:face'],
  data: { name: 'quickdraw:face', licence: 'CC BY 4.0' },
  classes: ['face'],
  engine: 'reference (cpu)',
};

export function exampleTraining(step: number): TrainingRecord {
  const reconstruction = 1 / (step + 1);
  return {
    kind: 'step',
    step,
    seconds: step / 10,
    pointsPerSecond: 15_000 + step,
    learningRate: 1e-3,
    klWeight: 0.25,
    costs: {
      total: reconstruction + 0.1,
      reconstruction,
      offset: reconstruction / 2,
      pen: reconstruction / 2,
      kl: 0.4,
    },
    skipped: 0,
  };
}

export function exampleEvaluation(step: number, changes: Partial<EvaluationRecord> = {}): EvaluationRecord {
  const reconstruction = 1 / (step + 1);
  return {
    kind: 'evaluation',
    step,
    seconds: step / 10,
    valid: {
      reconstruction,
      offset: reconstruction / 2,
      pen: reconstruction / 2,
      kl: 0.4,
      yardstick: reconstruction + 0.2,
    },
    best: true,
    ...changes,
  };
}

/**
 * Saves one checkpoint after the other until it is killed, going on where the one before it was killed.
 *
 * @param announce hears of each step once its checkpoint is saved
 * @public to the program that the kill test makes
 */
export async function saveForEver(folder: string, announce: (step: number) => void): Promise<never> {
  const resume = process.argv.includes('--resume');
  const run = await openRun(folder, { resume });
  if (!resume) await saveDescription(run, exampleDescription);
  const from = resume ? (await loadLatest(folder, () => {})).step : 0;
  for (let step = from + 1; ; step++) {
    await saveCheckpoint(run, exampleCheckpoint(step, { training: configFrom('tiny', { decoderSize: 128 }) }));
    announce(step);
  }
}
