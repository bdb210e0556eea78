import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { formatOfName } from '@sketch-rnn/data';
import { writeDrawings } from '@sketch-rnn/data/node';
import { z } from 'zod';
import { UsageError } from '../errors.ts';
import { choice, datasets, flag, whole } from '../options.ts';
import { logSkipped, readSources, type Sourced } from '../sources.ts';
import { defineVerb } from '../verb.ts';

export const dataConvert = defineVerb({
  summary: 'write drawings in another format',
  details: [
    ".npz is for Magenta and numpy, .ndjson is Quick, Draw!'s form; .svg and .json hold one drawing. With --each, --out is a folder, " +
      'in which every drawing becomes a file of its own, in a folder named after its class: a data set that can be read again.',
    'SVG and raw drawings are simplified as Quick, Draw! does it: scaled to 0..255, points 1 apart, then Ramer-Douglas-Peucker with ' +
      'epsilon 2.',
  ],
  examples: [
    'sketch-rnn data convert drawings/ --out drawings.npz',
    'sketch-rnn data convert quickdraw:owl --n 20 --each svg --out owls',
  ],
  positional: 'data',
  options: z.object({
    data: datasets,
    out: z.string().meta({
      description: 'the file, .npz, .ndjson, .svg or .json, or one of them with .gz; with --each, the folder',
      placeholder: 'FILE',
      resolves: 'path',
    }),
    each: choice(['svg', 'json']).optional().describe('a file a drawing'),
    n: whole({ min: 1, max: Number.MAX_SAFE_INTEGER })
      .optional()
      .meta({ description: 'the first so many drawings', defaultNote: 'all' }),
    simplify: flag().default(true).describe('--no-simplify leaves the points of SVG and of raw drawings as they are'),
  }),

  async run({ options, ...surroundings }) {
    const { out, each, n = Infinity, simplify } = options;
    if (each === undefined) checkName(out);
    const reading = readSources(options.data, surroundings, { simplify });
    let drawings = 0;
    async function* wanted(): AsyncGenerator<Sourced> {
      for await (const drawing of reading.drawings) {
        yield drawing;
        if (++drawings >= n) return;
      }
    }
    if (each === undefined) {
      await mkdir(dirname(out), { recursive: true });
      await writeDrawings(out, wanted());
    } else {
      for await (const drawing of wanted()) {
        const folder = join(out, folderName(drawing.className));
        await mkdir(folder, { recursive: true });
        await writeDrawings(join(folder, `${String(drawings + 1).padStart(6, '0')}.${each}`), [drawing]);
      }
    }
    logSkipped(reading, surroundings.log);
    return { out, drawings, skipped: Object.fromEntries(reading.skipped) };
  },

  text: ({ out, drawings }) => `${out}: ${drawings} ${drawings === 1 ? 'drawing' : 'drawings'}`,
});

function checkName(out: string): void {
  const format = formatOfName(out)?.format;
  if (format !== undefined && format !== 'bin') return;
  throw new UsageError(
    `--out: expected a name ending in .npz, .ndjson, .svg or .json, got ${out} - for a folder of files add --each svg`,
  );
}

/** A class comes from a file of anyone's: as a folder's name it must not lead anywhere else. */
function folderName(className: string): string {
  return className.replaceAll(/[^\p{L}\p{N} _-]/gu, '_');
}
