import { type Model, readMagentaJs, readModel } from '@sketch-rnn/core';
import { readInput } from './input.ts';
import { isMagentaName, loadMagentaModel } from './magenta-models.ts';
import { isShippedName, shippedPath } from './shipped-models.ts';
import { fetchOptions, type Surroundings } from './sources.ts';

/** Whether a model is one of Magenta's for its players in the browser, by its name. */
export function isMagentaJs(path: string): boolean {
  return isMagentaName(path) || /\.(json|js)$/i.test(path);
}

/**
 * A model that ships, from our `.safetensors`, from Magenta's `.gen.json`, `.vae.json`, `.gen.js`, `.vae.js`, or one of Magenta's
 * public models, which is fetched once.
 *
 * @param path absolute, `magenta:CLASS`, or the name of one that ships
 * @throws ModelError where the file is not a model or a weight does not fit
 * @throws DataError where a public model cannot be fetched
 */
export async function loadModel(path: string, surroundings: Surroundings): Promise<Model> {
  if (isMagentaName(path)) {
    const { onProgress, ...fetching } = fetchOptions(surroundings);
    return loadMagentaModel(path, {
      ...fetching,
      baseUrl: surroundings.environment.magentaUrl,
      onProgress: (progress) => onProgress(path, progress),
    });
  }
  const bytes = await readInput(isShippedName(path) ? shippedPath(path) : path);
  return isMagentaJs(path) ? readMagentaJs(bytes, path) : readModel(bytes, path);
}
