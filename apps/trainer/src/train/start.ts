/** How a training begins: anew, from the weights of another model, or from the last checkpoint of its run. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  checkConfig,
  type Config,
  configFrom,
  type DataSource,
  initialise,
  type Model,
  type ModelConfig,
  modelConfigOf,
  type OptimiserState,
  type Parameters,
  type PresetName,
} from '@sketch-rnn/core';
import type { DataSet, Example } from '@sketch-rnn/data';
import { UsageError } from '../errors.ts';
import type { Checkpoint } from '../run/checkpoint.ts';
import { errorCode, RunError } from '../run/error.ts';
import type { Position } from './loop.ts';

/** What the command line says of a training. */
export interface Wishes {
  readonly data?: readonly string[] | undefined;
  readonly preset?: PresetName | undefined;
  readonly seed?: number | undefined;
  readonly set: Readonly<Record<string, unknown>>;
}

/** Settings of a training and where it stands. */
export interface Start {
  readonly config: Config;
  readonly seed: number;
  /** Names of the data; undefined: the default ones. */
  readonly sources: readonly string[] | undefined;
  readonly position: Position;
  /** Whose weights, sizes, classes and scale factor it keeps; undefined: fresh weights. */
  readonly base?: Model;
  /** What it goes on from. */
  readonly checkpoint?: Checkpoint;
}

/**
 * A new training.
 *
 * @param preset what to start from where the command line names none
 */
export function startAnew({ data, preset, seed = 1, set }: Wishes, fallback: PresetName): Start {
  return {
    config: configFrom(preset ?? fallback, set),
    seed,
    sources: data,
    position: { step: 0, seconds: 0, skippedSteps: 0 },
  };
}

/**
 * A new training that tunes a model to other drawings: its weights without moments of Adam, its sizes, and its classes.
 *
 * @throws UsageError where a setting would not fit the weights
 */
export function startFromModel(base: Model, { preset, set, ...wishes }: Wishes, fallback: PresetName): Start {
  const { classes, ...sizes } = base.config;
  const start = startAnew({ ...wishes, preset, set: { ...sizes, ...set } }, fallback);
  checkSameModel(base.config, modelConfigOf(start.config, classes));
  return { ...start, base };
}

/**
 * A training that goes on. Its settings and data are those of the checkpoint, but for what the command line changes.
 *
 * @throws UsageError where a change would not fit the weights, or chance
 */
export function startFrom(checkpoint: Checkpoint, { data, preset, seed, set }: Wishes): Start {
  if (preset !== undefined) {
    throw new UsageError(
      '--preset: expected none with --resume, whose settings are in the run - change single ones by --set',
    );
  }
  if (seed !== undefined && seed !== checkpoint.seed) {
    throw new UsageError(`--seed: expected ${checkpoint.seed}, that of the run, got ${seed} - leave it out`);
  }
  const config = checkConfig({ ...checkpoint.training, ...set });
  checkSameModel(checkpoint.model.config, modelConfigOf(config, checkpoint.model.config.classes));
  const { step, seconds, skippedSteps, best, sources } = checkpoint;
  return {
    config,
    seed: checkpoint.seed,
    sources: data ?? sources,
    position: { step, seconds, skippedSteps, ...(best && { best: { ...best } }) },
    base: checkpoint.model,
    checkpoint,
  };
}

/** Weights and moments a training starts with. */
export function startingWeights(
  { base, checkpoint, seed }: Start,
  model: ModelConfig,
): { parameters: Parameters; optimiser?: OptimiserState } {
  return {
    parameters: base?.parameters ?? initialise(model, seed),
    ...(checkpoint && { optimiser: checkpoint.optimiser }),
  };
}

function checkSameModel(weights: ModelConfig, wished: ModelConfig): void {
  for (const field of Object.keys(weights) as (keyof ModelConfig)[]) {
    if (weights[field] === wished[field]) continue;
    throw new UsageError(
      `--set ${field}: expected ${weights[field]}, which the weights were trained with, got ${wished[field]} - start a new run`,
    );
  }
}

/**
 * The same drawings with the class numbers of a model.
 *
 * @throws UsageError where the model does not know a class
 */
export function numberedBy({ classes }: Pick<Model, 'classes'>, data: DataSet): DataSet {
  const labels = data.classes.map((name) => classes.indexOf(name));
  const unknown = data.classes.filter((_, i) => labels[i] === -1);
  if (unknown.length > 0) {
    const known = classes.length > 12 ? `the ${classes.length} of the model` : classes.join(', ');
    throw new UsageError(
      `--data: expected classes among ${known}, got ${unknown.join(', ')} - start a new run for others`,
    );
  }
  const numbered = (examples: readonly Example[]): Example[] =>
    examples.map(({ stroke3, label }) => ({ stroke3, label: labels[label] as number }));
  const { train, valid, test } = data;
  return { ...data, classes, train: numbered(train), valid: numbered(valid), test: numbered(test) };
}

/** What the model of a training is trained on: what its weights had seen before counts as well. */
export function trainedOn({ base, checkpoint, sources }: Start, source: DataSource): DataSource {
  if (checkpoint?.model.data && sources === checkpoint.sources) return checkpoint.model.data;
  if (!base || checkpoint) return source;
  const { name, licence } = base.data ?? { name: 'data unknown', licence: 'licence unknown' };
  return {
    name: `${source.name}, from a model of ${name}`,
    licence: licence === source.licence ? licence : `${source.licence}; ${licence}`,
  };
}

/** A name for a run that is not taken yet, made from the names of its data: `face`, then `face-2`. */
export async function freshName(runs: string, sources: readonly string[] | undefined): Promise<string> {
  const base =
    (sources ?? ['owl'])
      .map((source) => source.replace(/^.*[/\\:]/, '').replace(/\.[^/]*$/, ''))
      .join('-')
      .replaceAll(/[^\p{L}\p{N}-]+/gu, '-')
      .slice(0, 60) || 'run';
  const taken = new Set(await foldersIn(runs));
  for (let n = 1; ; n++) {
    const name = n === 1 ? base : `${base}-${n}`;
    if (!taken.has(name)) return name;
  }
}

/**
 * The run that was worked on last.
 *
 * @throws RunError where there is none
 */
export async function latestRun(runs: string): Promise<string> {
  const names = await foldersIn(runs);
  const times = await Promise.all(names.map(async (name) => (await stat(join(runs, name))).mtimeMs));
  const latest = times.indexOf(Math.max(...times));
  if (latest < 0) throw new RunError(`${runs}: expected a run to resume, got none - leave --resume out`);
  return names[latest] as string;
}

async function foldersIn(path: string): Promise<string[]> {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return [];
    throw cause;
  }
}
