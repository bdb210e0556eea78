/** The recogniser's two files, both safetensors: what it is, and what its training goes on from. */
import { ModelError, readSafetensors, type StoredTensor, writeSafetensors } from '@sketch-rnn/core';
import { z } from 'zod';
import { shapesOf } from './layers.ts';

/** Numbers by name, as the tensors of a network or of its moments. */
type Values = Readonly<Record<string, Float32Array>>;

/** A network that has learned, and what one must know to use it. */
export interface TrainedNetwork {
  /** In the order of the scores. */
  readonly classes: readonly string[];
  /** By the names of `shapesOf`. */
  readonly weights: Values;
  /** What it was trained on: names and licence. */
  readonly data: string;
  readonly step: number;
}

/** A training under way. */
export interface TrainingState extends TrainedNetwork {
  readonly first: Values;
  readonly second: Values;
  readonly seed: number;
  /** Seconds taken so far. */
  readonly seconds: number;
}

const FORMAT = 'sketch-rnn-recogniser';
const VERSION = '1';

const count = z.string().regex(/^\d+$/).transform(Number);

const metadataSchema = z.object({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  classes: z
    .string()
    .transform((text): unknown => text.split('\n'))
    .pipe(z.array(z.string().min(1)).min(1)),
  data: z.string(),
  step: count,
});

const trainingSchema = metadataSchema.extend({ seed: count, seconds: z.string().transform(Number).pipe(z.number()) });

/** @throws ModelError where a weight is not finite */
export function writeNetwork(network: TrainedNetwork): Uint8Array {
  return writeSafetensors(tensorsOf(network.classes, { '': network.weights }), { metadata: metadataOf(network) });
}

/** @throws ModelError where a number is not finite */
export function writeTraining(state: TrainingState): Uint8Array {
  const { classes, weights, first, second, seed, seconds } = state;
  const metadata = { ...metadataOf(state), seed: `${seed}`, seconds: `${seconds}` };
  return writeSafetensors(tensorsOf(classes, { '': weights, 'first/': first, 'second/': second }), { metadata });
}

/**
 * @param where names the file in errors
 * @throws ModelError where it is no recogniser, or a weight is missing or of another shape
 */
export function readNetwork(bytes: Uint8Array, where: string): TrainedNetwork {
  const { metadata, tensors } = readSafetensors(bytes, where);
  const { classes, data, step } = checked(metadataSchema, metadata, where);
  return { classes, data, step, weights: valuesFrom(tensors, { classes, prefix: '', where }) };
}

/**
 * @param where names the file in errors
 * @throws ModelError where it is no training of a recogniser, or a tensor is missing or of another shape
 */
export function readTraining(bytes: Uint8Array, where: string): TrainingState {
  const { metadata, tensors } = readSafetensors(bytes, where);
  const { classes, data, step, seed, seconds } = checked(trainingSchema, metadata, where);
  const [weights, first, second] = ['', 'first/', 'second/'].map((prefix) =>
    valuesFrom(tensors, { classes, prefix, where }),
  ) as [Values, Values, Values];
  return { classes, data, step, seed, seconds, weights, first, second };
}

function metadataOf({ classes, data, step }: TrainedNetwork): Record<string, string> {
  return { format: FORMAT, version: VERSION, classes: classes.join('\n'), data, step: `${step}` };
}

function tensorsOf(classes: readonly string[], parts: Readonly<Record<string, Values>>): Record<string, StoredTensor> {
  const shapes = Object.entries(shapesOf(classes.length));
  const tensors = Object.entries(parts).flatMap(([prefix, values]) =>
    shapes.map(([name, shape]): [string, StoredTensor] => [
      prefix + name,
      { shape, values: values[name] as Float32Array },
    ]),
  );
  return Object.fromEntries(tensors);
}

interface Part {
  readonly classes: readonly string[];
  readonly prefix: string;
  readonly where: string;
}

function valuesFrom(tensors: Readonly<Record<string, StoredTensor>>, { classes, prefix, where }: Part): Values {
  const values = Object.entries(shapesOf(classes.length)).map(([name, shape]): [string, Float32Array] => {
    const tensor = tensors[prefix + name];
    if (tensor?.shape.join() === shape.join()) return [name, tensor.values];
    const got = tensor ? `[${tensor.shape.join(', ')}]` : 'no such tensor';
    throw new ModelError(
      `${where}: tensor "${prefix}${name}": expected shape [${shape.join(', ')}], got ${got} - train it again with this program`,
    );
  });
  return Object.fromEntries(values);
}

function checked<T extends z.ZodType>(
  schema: T,
  metadata: Readonly<Record<string, string>>,
  where: string,
): z.output<T> {
  const result = schema.safeParse(metadata);
  if (result.success) return result.data;
  const { path, message } = result.error.issues[0] as z.core.$ZodIssue;
  const got = metadata[String(path[0])]?.slice(0, 80) ?? 'nothing';
  throw new ModelError(
    `${where}: ${path.join('.')}: ${message}, got ${got} - is this a file of "sketch-rnn recogniser train"?`,
  );
}
