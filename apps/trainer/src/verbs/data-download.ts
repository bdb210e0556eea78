import { stat } from 'node:fs/promises';
import { fetchQuickDraw } from '@sketch-rnn/data/node';
import { quickDrawNotice } from '@sketch-rnn/data';
import { z } from 'zod';
import { UsageError } from '../errors.ts';
import { datasets } from '../options.ts';
import { sourceOptions } from '../sources.ts';
import { defineVerb } from '../verb.ts';

const PREFIX = 'quickdraw:';

export const dataDownload = defineVerb({
  summary: 'fetch drawings of Quick, Draw! into the cache, to be used without a network',
  details: [
    'A class is some 10 to 40 MB, 75,000 drawings. An interrupted download goes on where it ended. Every verb fetches what it needs ' +
      'by itself; this one is for fetching beforehand.',
  ],
  examples: ['sketch-rnn data download quickdraw:owl quickdraw:pig', 'sketch-rnn data download "quickdraw:hot dog"'],
  positional: 'data',
  options: z.object({ data: datasets.describe('quickdraw:CLASS, one of the 345 classes') }),

  async run({ options, ...surroundings }) {
    const other = options.data.find((name) => !name.toLowerCase().startsWith(PREFIX));
    if (other !== undefined) {
      throw new UsageError(`--data: expected quickdraw:CLASS, got ${other} - only Quick, Draw! has to be fetched`);
    }
    const { onProgress, ...fetching } = sourceOptions(surroundings);
    const files: { name: string; path: string; bytes: number }[] = [];
    for (const name of options.data) {
      const path = await fetchQuickDraw(name.slice(PREFIX.length), {
        ...fetching,
        onProgress: (progress) => onProgress?.(name, progress),
      });
      files.push({ name, path, bytes: (await stat(path)).size });
    }
    surroundings.log.line(`${quickDrawNotice.note} Licence: ${quickDrawNotice.licence}.`);
    return { files };
  },

  text: ({ files }) => files.map(({ path }) => path).join('\n'),
});
