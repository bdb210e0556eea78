import { readFile } from 'node:fs/promises';
import { type Model, readModel } from '@sketch-rnn/core';
import { isCatalogue } from './drawing/sample.ts';
import type { ModelFacts } from './asking.ts';
import { ConfigError } from './error.ts';

const REMEDY = 'train one (npm run train -- --preset catalogue --data ...), or set SKETCH_RNN_MODEL to the file of one';

/**
 * What there is to say of the model at a path; the threads read it again themselves.
 *
 * @throws ConfigError where there is none, or none that can do all that the bot offers
 * @throws ModelError where the file is damaged
 */
export async function readFacts(path: string): Promise<ModelFacts> {
  const model = readModel(await bytesOf(path), path);
  if (!isCatalogue(model)) {
    throw new ConfigError(
      `${path}: expected a model of several classes that draws with and without a latent vector, got ${kindOf(model)} - ${REMEDY}`,
    );
  }
  const { classes, weak = [], step, data } = model;
  return { classes, weak, step, data: data && `${data.name}, ${data.licence}` };
}

async function bytesOf(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigError(`${path}: expected a model file, got ${code} - ${REMEDY}`, { cause: error });
  }
}

function kindOf({ config }: Model): string {
  if (config.classes === 1) return 'one of a single class';
  return config.conditional ? 'one with a latent vector alone' : 'one without a latent vector';
}
