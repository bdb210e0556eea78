/** The thread's bundle, and a model it can draw with. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { initialise, type ModelConfig, modelConfigOf, presets, writeModel } from '@sketch-rnn/core';
import { build } from 'esbuild';
import { nodeBundle } from '../../bundle.mjs';

const bot = join(import.meta.dirname, '../..');

/** Classes of the test's model. */
export const CLASSES = ['cat', 'owl', 'pig'] as const;

export interface Furniture {
  readonly workerPath: string;
  readonly modelPath: string;
  readonly remove: () => Promise<void>;
}

/** Bundles the worker and writes a small untrained model of three classes. */
export async function furnish(): Promise<Furniture> {
  // Beside the bot's own packages, where what is not bundled is found.
  const cache = join(bot, 'node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'bot-'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await build({ ...nodeBundle, entryPoints: { worker: 'src/pool/worker.ts' }, outdir: folder });
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
  return { workerPath: join(folder, 'worker.js'), modelPath, remove: () => rm(folder, { recursive: true }) };
}
