/** The thread's bundle, and a model it can draw with. */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { initialise, type ModelConfig, modelConfigOf, presets, writeModel } from '@sketch-rnn/core';
import { bundleAside } from '../../bundle.mjs';

const bot = join(import.meta.dirname, '../..');

/** Classes of the test's model. */
export const CLASSES = ['cat', 'owl', 'pig'] as const;

/** What a bot is started with. */
export interface Paths {
  /** The bundle of `pool/worker.ts`. */
  readonly workerPath: string;
  readonly modelPath: string;
  /** Where a database may be. */
  readonly databasePath: string;
  readonly migrations: string;
}

export interface Furniture extends Paths {
  /** The bundle of `mortal-worker.ts`. */
  readonly mortalPath: string;
  /** The bundle of `process.ts`: the bot as a process of its own. */
  readonly processPath: string;
  readonly remove: () => Promise<void>;
}

/** Bundles the worker and writes a small untrained model of three classes. */
export async function furnish(): Promise<Furniture> {
  const folder = await bundleAside({
    worker: 'src/pool/worker.ts',
    mortal: 'src/testing/mortal-worker.ts',
    process: 'src/testing/process.ts',
  });
  const config: ModelConfig = { ...modelConfigOf(presets.tiny, CLASSES.length), latentDropout: 0.5 };
  const modelPath = join(folder, 'model.safetensors');
  const parameters = initialise(config, 1);
  // Untrained it would end at once: the pen stays down, lifts now and then, and seldom ends.
  parameters['output.bias']?.set([2, 0, -2]);
  const model = {
    config,
    parameters,
    scaleFactor: 20,
    lossLength: 60,
    classes: CLASSES,
    temperatureForm: 'paper',
    step: 0,
  } as const;
  await writeFile(modelPath, writeModel(model));
  return {
    workerPath: join(folder, 'worker.js'),
    mortalPath: join(folder, 'mortal.js'),
    processPath: join(folder, 'process.js'),
    modelPath,
    databasePath: join(folder, 'bot.db'),
    migrations: join(bot, 'src/store/migrations'),
    remove: () => rm(folder, { recursive: true }),
  };
}
