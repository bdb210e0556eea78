import { resolve } from 'node:path';
import { isDatasetName } from '@sketch-rnn/data/node';
import type { Resolves } from './flags.ts';
import { isMagentaName } from './magenta-models.ts';
import { isShippedName } from './shipped-models.ts';

/** A whole number in the place of a drawing. */
export const SEED = /^\d+$/;

/** A path as the user meant it: from the folder where the command was typed. What is no path stays as it is. */
export function resolvePath(text: string, folder: string, resolves: Resolves): string {
  const isModel = isMagentaName(text) || isShippedName(text);
  const isName = resolves === 'model' ? isModel : resolves !== 'path' && isDatasetName(text);
  const isSeed = resolves === 'drawing' && SEED.test(text);
  return isName || isSeed ? text : resolve(folder, text);
}
