/**
 * The folder of a run:
 *
 * | | |
 * |---|---|
 * | `config.json` | what it was started with |
 * | `metrics.jsonl` | `RunRecord`s, one a line |
 * | `events.out.tfevents.*` | the same for TensorBoard |
 * | `checkpoints/step-*.safetensors` | to go on from: the last ones and the best |
 * | `model.safetensors` | the best model so far |
 * | `samples/` | sheets of samples and reconstructions |
 * | `report.html` | all of it to look at |
 * | `profile.json` | where the time went since it was begun or resumed with `--profile`: a trace for viewers |
 * | `run.lock` | while a process works on it |
 */
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeModel, type Model } from '@sketch-rnn/core';
import { PART, writeDurably } from './durable.ts';
import { errorCode, fileError, RunError } from './error.ts';
import { takeLock } from './lock.ts';
import type { RunDescription } from './records.ts';

/** Where everything of a run lies. */
export interface RunPaths {
  readonly folder: string;
  readonly config: string;
  readonly metrics: string;
  readonly checkpoints: string;
  readonly samples: string;
  readonly model: string;
  readonly report: string;
  readonly profile: string;
}

/** A run folder that this process alone works on. */
export interface Run extends RunPaths {
  /** Lets others work on the folder. */
  close(): Promise<void>;
}

export function runPaths(folder: string): RunPaths {
  return {
    folder,
    config: join(folder, 'config.json'),
    metrics: join(folder, 'metrics.jsonl'),
    checkpoints: join(folder, 'checkpoints'),
    samples: join(folder, 'samples'),
    model: join(folder, 'model.safetensors'),
    report: join(folder, 'report.html'),
    profile: join(folder, 'profile.json'),
  };
}

/**
 * Opens a folder for a new run, or an old one to go on with.
 *
 * @throws RunError where another process works on it, a new run would mix with an old one, or there is none to resume
 */
export async function openRun(folder: string, { resume }: { readonly resume: boolean }): Promise<Run> {
  const paths = runPaths(folder);
  if (resume && !(await hasRun(paths))) {
    throw new RunError(`${folder}: expected a run to resume, got none - leave --resume out, or name its folder`);
  }
  await made(folder);
  const unlock = await takeLock(join(folder, 'run.lock'));
  try {
    if (!resume && (await hasRun(paths))) {
      throw new RunError(
        `${folder}: expected no run there yet, got one - go on with it by --resume, or give another name`,
      );
    }
    for (const path of [paths.checkpoints, paths.samples]) await made(path);
    for (const path of [folder, paths.checkpoints, paths.samples]) await removeParts(path);
  } catch (error) {
    await unlock();
    throw error;
  }
  return { ...paths, close: unlock };
}

/** Writes down what the run was started with. */
export async function saveDescription(run: Run, description: RunDescription): Promise<void> {
  await writeDurably(run.config, `${JSON.stringify(description, null, 2)}\n`);
}

/** Replaces the best model. */
export async function saveBestModel(run: Run, model: Model): Promise<void> {
  await writeDurably(run.model, writeModel(model));
}

async function hasRun(paths: RunPaths): Promise<boolean> {
  const [inside, checkpoints] = [await namesIn(paths.folder), await namesIn(paths.checkpoints)];
  return inside.includes('config.json') || checkpoints.some((name) => !name.endsWith(PART));
}

/** Names in a folder; none where there is no such folder. */
export async function namesIn(path: string): Promise<string[]> {
  try {
    return await readdir(path);
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return [];
    throw fileError(path, 'read', cause);
  }
}

async function made(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (cause) {
    throw fileError(path, 'made', cause);
  }
}

async function removeParts(path: string): Promise<void> {
  const parts = (await namesIn(path)).filter((name) => name.endsWith(PART));
  for (const name of parts) await rm(join(path, name), { force: true });
}
