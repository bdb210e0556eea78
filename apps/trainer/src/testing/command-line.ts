/** A command line for tests: `main` with streams that are kept, in a folder of its own. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { initialise, type Model, type ModelConfig, modelConfigOf, presets, writeModel } from '@sketch-rnn/core';
import { drawDemo, toSketchFile, toStroke3 } from '@sketch-rnn/data';
import { onTestFinished } from 'vitest';
import type { ExitCode } from '../errors.ts';
import { main } from '../main.ts';
import type { Verb } from '../verb.ts';
import { verbs as allVerbs } from '../verbs/index.ts';

export interface Typed {
  readonly code: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

export interface TypedOptions {
  readonly folder?: string;
  readonly variables?: Readonly<Record<string, string>>;
  readonly verbs?: ReadonlyMap<string, Verb>;
  readonly signal?: AbortSignal;
}

/** Types a command line: words apart by spaces, or a list of them. */
export async function typed(line: string | readonly string[], options: TypedOptions = {}): Promise<Typed> {
  const { folder = tmpdir(), variables = {}, verbs = allVerbs, signal = new AbortController().signal } = options;
  const said = { stdout: '', stderr: '' };
  const words = typeof line === 'string' ? line.split(' ') : line;
  const code = await main(words, verbs, {
    variables,
    folder,
    stdout: { write: (text) => (said.stdout += text) },
    stderr: { write: (text) => (said.stderr += text) },
    signal,
  });
  return { code, ...said };
}

/** A folder that is gone when the test ends. */
export async function workFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sketch-rnn-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/** An untrained model of a few units. */
export function tinyModel(changes: Partial<ModelConfig> = {}, more: Partial<Model> = {}): Model {
  const classes = Array.from({ length: changes.classes ?? 1 }, (_, i) => ['owl', 'pig', 'bird'][i] ?? `class ${i}`);
  const config = { ...modelConfigOf(presets.tiny, classes.length), ...changes };
  return {
    config,
    parameters: initialise(config, 1),
    scaleFactor: 20,
    lossLength: 40,
    classes,
    temperatureForm: 'paper',
    ...more,
  };
}

/** Puts a model and a drawing into a folder: `model.safetensors`, `owl.json`. */
export async function furnish(folder: string, model: Model = tinyModel()): Promise<void> {
  await writeFile(join(folder, 'model.safetensors'), writeModel(model));
  const owl = toSketchFile({ stroke3: toStroke3(drawDemo('owl', 0).slice(0, 2)), className: 'owl' });
  await writeFile(join(folder, 'owl.json'), JSON.stringify(owl));
}
