/** What a run writes down about itself, line by line and once at its start. */
import type { Config, Costs, DataSource } from '@sketch-rnn/core';
import { z } from 'zod';

const count = z.int().min(0);

const costs = z.strictObject({
  total: z.number(),
  reconstruction: z.number(),
  offset: z.number(),
  pen: z.number(),
  kl: z.number(),
}) satisfies z.ZodType<Costs>;

const trainingRecord = z.strictObject({
  kind: z.literal('step'),
  /** Steps taken so far. */
  step: count,
  /** Seconds of training so far, those before a resume included. */
  seconds: z.number().min(0),
  /** Points (rows of the drawings) a second since the record before. */
  pointsPerSecond: z.number().min(0),
  learningRate: z.number().min(0),
  klWeight: z.number().min(0),
  /** Means over the steps since the record before; absent where all of them were skipped. */
  costs: costs.exactOptional(),
  /** Steps since the record before that were not finite and changed nothing. */
  skipped: count,
});

const evaluationRecord = z.strictObject({
  kind: z.literal('evaluation'),
  step: count,
  seconds: z.number().min(0),
  /** Validation set, no dropout. */
  valid: z.strictObject({
    reconstruction: z.number(),
    offset: z.number(),
    pen: z.number(),
    /** Without its floor. */
    kl: z.number(),
    /** reconstruction + final KL weight x KL: does not move with the annealing, so it picks the best model. */
    yardstick: z.number(),
  }),
  /** Nats a drawing lost under another drawing's z; absent in unconditional models. */
  latentGain: z.number().exactOptional(),
  /** Whether no evaluation before it had a lower yardstick. */
  best: z.boolean(),
});

export const recordSchema = z.discriminatedUnion('kind', [trainingRecord, evaluationRecord]);

/** How training went over the last steps. */
export type TrainingRecord = Readonly<z.infer<typeof trainingRecord>>;

/** How good the model is by now. */
export type EvaluationRecord = Readonly<z.infer<typeof evaluationRecord>>;

/** One line of `metrics.jsonl`. */
export type RunRecord = TrainingRecord | EvaluationRecord;

/** What a run was started with: `config.json`. */
export interface RunDescription {
  readonly config: Config;
  readonly seed: number;
  /** Names of the data as they were given. */
  readonly sources: readonly string[];
  readonly data: DataSource;
  readonly classes: readonly string[];
  /** `Engine.name`. */
  readonly engine: string;
  /** Git revision of the program. */
  readonly revision?: string;
}
