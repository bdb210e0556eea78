import { type Model, readMagentaJs, readModel } from '@sketch-rnn/core';
import { readInput } from './input.ts';

/** Whether a file is one of Magenta's players in the browser, by its name. */
export function isMagentaJs(path: string): boolean {
  return /\.(json|js)$/i.test(path);
}

/**
 * A model from our `.safetensors`, or from Magenta's `.gen.json`, `.vae.json`, `.gen.js`, `.vae.js`.
 *
 * @param path absolute
 * @throws ModelError where the file is not a model or a weight does not fit
 */
export async function loadModel(path: string): Promise<Model> {
  const bytes = await readInput(path);
  return isMagentaJs(path) ? readMagentaJs(bytes, path) : readModel(bytes, path);
}
