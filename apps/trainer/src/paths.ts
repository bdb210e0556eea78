import { resolve } from 'node:path';
import { isDatasetName } from '@sketch-rnn/data/node';
import type { Resolves } from './flags.ts';

/** A path as the user meant it: from the folder where the command was typed. Names of data sets stay as they are. */
export function resolvePath(text: string, folder: string, resolves: Resolves): string {
  return resolves === 'dataset' && isDatasetName(text) ? text : resolve(folder, text);
}
