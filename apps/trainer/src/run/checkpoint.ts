/**
 * The checkpoint file: one safetensors with the weights (`model.*`), Adam's moments (`first.*`, `second.*`) and, where weights are
 * averaged, their average (`average.*`); in its metadata
 *
 * | key | |
 * |---|---|
 * | `format`, `version` | `sketch-rnn-checkpoint`, `1` |
 * | `model` | JSON of the model file's metadata |
 * | `run` | JSON of everything else in `Checkpoint` |
 * | `sha256` | of the file with 64 zeros in this place, so that a byte lost or turned anywhere is found out |
 */
import { createHash } from 'node:crypto';
import {
  checkConfig,
  type Config,
  type Model,
  type OptimiserState,
  type Parameters,
  readModel,
  readSafetensors,
  type StoredTensor,
  writeModel,
  writeSafetensors,
} from '@sketch-rnn/core';
import { z } from 'zod';
import type { WeightAverage } from '../train/average.ts';
import { RunError } from './error.ts';

/** All that a run needs to go on exactly: whatever is drawn at random depends on `seed` and `step` alone. */
export interface Checkpoint {
  readonly model: Model;
  readonly optimiser: OptimiserState;
  readonly average?: WeightAverage;
  readonly training: Config;
  readonly seed: number;
  /** Steps taken so far, skipped ones included. */
  readonly step: number;
  /** The lowest yardstick so far, and the step it was found at. */
  readonly best?: { readonly cost: number; readonly step: number };
  readonly skippedSteps: number;
  /** Seconds of training so far. */
  readonly seconds: number;
  /** Names of the data as they were given. */
  readonly sources: readonly string[];
  /** `Engine.name`: on another engine the numbers are not exactly the same. */
  readonly engine: string;
}

const FORMAT = 'sketch-rnn-checkpoint';
const VERSION = '1';
const BLANK = '0'.repeat(64);
const DIGEST_KEY = '"sha256":"';
const DAMAGED = 'the file is cut short or damaged: take an earlier checkpoint';

const count = z.int().min(0);
const runSchema = z.strictObject({
  optimiserStep: count,
  looks: z.int().min(1).exactOptional(),
  training: z.unknown(),
  seed: z.int(),
  step: count,
  best: z.strictObject({ cost: z.number(), step: count }).exactOptional(),
  skippedSteps: count,
  seconds: z.number().min(0),
  sources: z.array(z.string()).readonly(),
  engine: z.string(),
});
const metadataSchema = z.object({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  model: z.string(),
  run: z.string(),
});

/**
 * The file of a checkpoint; the same checkpoint gives the same bytes.
 *
 * @throws ModelError where a weight or a moment is not finite
 */
export function writeCheckpoint({ model, optimiser, average, ...run }: Checkpoint): Uint8Array {
  const { metadata, tensors: weights } = readSafetensors(writeModel(model), 'model');
  const alike = (of: Parameters): Record<string, StoredTensor> =>
    Object.fromEntries(
      Object.entries(weights).map(([name, { shape }]) => [name, { shape, values: valuesOf(of, name) }]),
    );
  const bytes = writeSafetensors(
    {
      ...prefixed('model', weights),
      ...prefixed('first', alike(optimiser.first)),
      ...prefixed('second', alike(optimiser.second)),
      ...(average && prefixed('average', alike(average.parameters))),
    },
    {
      metadata: {
        format: FORMAT,
        version: VERSION,
        model: JSON.stringify(metadata),
        run: JSON.stringify({
          optimiserStep: optimiser.step,
          ...(average && { looks: average.looks }),
          ...run,
        } satisfies z.infer<typeof runSchema>),
        sha256: BLANK,
      },
    },
  );
  const at = digestPlace(bytes, 'checkpoint');
  bytes.set(Buffer.from(digestOf(bytes, at)), at);
  return bytes;
}

/**
 * A checkpoint from its file.
 *
 * @param where names the file in errors
 * @throws RunError where a byte is missing or is not what was written
 * @throws ModelError where the content does not hold together
 */
export function readCheckpoint(bytes: Uint8Array, where: string): Checkpoint {
  const at = digestPlace(bytes, where);
  const [expected, got] = [Buffer.from(bytes.subarray(at, at + BLANK.length)).toString('latin1'), digestOf(bytes, at)];
  if (expected !== got) throw new RunError(`${where}: expected sha256 ${expected}, got ${got} - ${DAMAGED}`);

  const { metadata, tensors } = readSafetensors(bytes, where);
  const head = checked(metadataSchema, metadata, where);
  const { optimiserStep, looks, training, ...run } = checked(runSchema, JSON.parse(head.run), where);
  const modelMetadata = JSON.parse(head.model) as Record<string, string>;
  const model = readModel(writeSafetensors(withPrefix('model', tensors), { metadata: modelMetadata }), where);
  const alike = (of: string): Parameters => {
    const stored = withPrefix(of, tensors);
    return Object.fromEntries(
      Object.entries(model.parameters).map(([name, weights]) => {
        const values = stored[name]?.values;
        if (values?.length !== weights.length) {
          throw new RunError(
            `${where}: tensor "${of}.${name}": expected ${weights.length} values, got ${values?.length ?? 'none'}`,
          );
        }
        return [name, values];
      }),
    );
  };
  return {
    model,
    optimiser: { step: optimiserStep, first: alike('first'), second: alike('second') },
    ...(looks !== undefined && { average: { looks, parameters: alike('average') } }),
    training: checkConfig(training),
    ...run,
  };
}

/** Where the digest stands: between other strings of JSON its key cannot occur unescaped. */
function digestPlace(bytes: Uint8Array, where: string): number {
  const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(DIGEST_KEY);
  const start = at + DIGEST_KEY.length;
  if (at === -1 || start + BLANK.length > bytes.length) {
    throw new RunError(
      `${where}: expected a checkpoint with its sha256, got ${bytes.length} bytes without - ${DAMAGED}`,
    );
  }
  return start;
}

function digestOf(bytes: Uint8Array, at: number): string {
  return createHash('sha256')
    .update(bytes.subarray(0, at))
    .update(BLANK)
    .update(bytes.subarray(at + BLANK.length))
    .digest('hex');
}

function valuesOf(parameters: Parameters, name: string): Float32Array {
  const values = parameters[name];
  if (values === undefined) throw new RunError(`checkpoint: expected numbers of "${name}", got none`);
  return values;
}

function prefixed(prefix: string, tensors: Readonly<Record<string, StoredTensor>>): Record<string, StoredTensor> {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [`${prefix}.${name}`, tensor]));
}

function withPrefix(prefix: string, tensors: Readonly<Record<string, StoredTensor>>): Record<string, StoredTensor> {
  const start = `${prefix}.`;
  return Object.fromEntries(
    Object.entries(tensors).flatMap(([name, tensor]) =>
      name.startsWith(start) ? [[name.slice(start.length), tensor]] : [],
    ),
  );
}

function checked<T extends z.ZodType>(schema: T, value: unknown, where: string): z.infer<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const { path, message } = result.error.issues[0] as z.core.$ZodIssue;
  throw new RunError(
    `${where}: ${[...path, message].join(': ')} - it was written by another version of this program: use that one`,
  );
}
