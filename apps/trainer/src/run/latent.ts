/** Whether z says anything: reconstruction alone hardly shows when it does not ("always a penguin"). */
import type { Config } from '@sketch-rnn/core';
import type { EvaluationRecord, RunRecord } from './records.ts';

/** Nats a drawing should lose under another's z. A dead latent loses about 1, one that works 30 and more (face, 2,000 drawings). */
const LEAST_GAIN = 3;

/** Nats of KL a drawing: with less, z cannot even tell two groups of drawings apart for sure. */
const LEAST_KL = 1;

/** Evaluations in a row before a word is said: z starts out empty and fills in the first hundreds of steps. */
const PATIENCE = 2;

/**
 * A sentence with a remedy where the latent has died, judged by the latent gain where it was measured, else by KL.
 *
 * @param config of the training: width of z, KL schedule
 * @returns undefined while it is alive, where there is none, or as long as there are too few evaluations to tell
 */
export function latentWarning(records: readonly RunRecord[], config: Config): string | undefined {
  const latest = records.filter((record) => record.kind === 'evaluation').slice(-PATIENCE);
  const last = latest.at(-1);
  if (!config.conditional || last === undefined || latest.length < PATIENCE) return undefined;
  if (!latest.every((record) => isDead(record, config))) return undefined;

  const found =
    last.latentGain === undefined
      ? `z carries ${natsOf(last, config).toFixed(2)} nats a drawing (KL ${last.valid.kl.toFixed(4)}, floor ${config.klTolerance})`
      : `under another drawing's z a drawing loses ${last.latentGain.toFixed(2)} nats, expected at least ${LEAST_GAIN}`;
  return `the latent has died: ${found} - ${remedy(config)}`;
}

function isDead(record: EvaluationRecord, config: Config): boolean {
  return record.latentGain === undefined ? natsOf(record, config) < LEAST_KL : record.latentGain < LEAST_GAIN;
}

/** KL of a drawing, summed over z. */
function natsOf({ valid }: EvaluationRecord, { latentSize }: Config): number {
  return valid.kl * latentSize;
}

function remedy({ klWeight, klWeightStart, klTolerance }: Config): string {
  const changes = [
    `--set klWeight=${half(klWeight)}`,
    // A weight that is there from the first step empties z before it was ever used.
    ...(klWeightStart > klWeight / 10 ? [`--set klWeightStart=${half(klWeight / 10)}`] : []),
    ...(klTolerance < 0.2 ? ['--set klTolerance=0.2'] : []),
  ];
  return `start again with ${changes.join(' ')}`;
}

/** A weight to try next, in few digits. */
function half(weight: number): number {
  return Number((weight / 2).toPrecision(2));
}
