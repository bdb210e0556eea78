import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ENDINGS, type Format, formatOfName } from '@sketch-rnn/data';
import { classOfName, writeDrawings } from '@sketch-rnn/data/node';
import { z } from 'zod';
import { UsageError } from '../errors.ts';
import { choice, datasets, flag, whole } from '../options.ts';
import { logSkipped, readSources, type Sourced } from '../sources.ts';
import { defineVerb } from '../verb.ts';

export const dataConvert = defineVerb({
  summary: 'write drawings in another format',
  details: [
    '.npz is for Magenta and numpy and alone holds splits; .ndjson and .bin are Quick, Draw! forms, .bin without classes and for whole ' +
      'numbers 0..255; .svg and .json hold one drawing. With --each, --out is a folder, in which every drawing becomes a file ' +
      'of its own, in a folder named after its class: a data set that can be read again.',
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
      description: 'the file, .npz, .ndjson, .bin, .svg or .json, or one of them with .gz; with --each, the folder',
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
    if (each === undefined) formatFor(out);
    const reading = readSources(options.data, surroundings, { simplify });
    const classes = new Set<string>();
    let [drawings, splits] = [0, false];
    async function* wanted(): AsyncGenerator<Sourced> {
      for await (const drawing of reading.drawings) {
        classes.add(drawing.className);
        splits ||= drawing.split !== undefined;
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
    if (each === undefined) for (const line of lossesOf(out, classes, splits)) surroundings.log.line(line);
    return { out, drawings, skipped: Object.fromEntries(reading.skipped) };
  },

  text: ({ out, drawings }) => `${out}: ${drawings} ${drawings === 1 ? 'drawing' : 'drawings'}`,
});

function formatFor(out: string): Format {
  const named = formatOfName(out);
  if (named) return named.format;
  throw new UsageError(
    `--out: expected a name ending in ${ENDINGS}, got ${out} - for a folder of files add --each svg`,
  );
}

/** Formats that say of what class a drawing is; elsewhere the file's name does. */
const WITH_CLASSES: ReadonlySet<Format> = new Set(['ndjson', 'json']);

/** What the file does not hold of the drawings written to it, in lines for people. */
function lossesOf(out: string, classes: ReadonlySet<string>, splits: boolean): readonly string[] {
  const format = formatFor(out);
  const name = classOfName(out);
  const others = [...classes].filter((each) => each !== name);
  const lines: string[] = [];
  if (!WITH_CLASSES.has(format) && others.length > 0) {
    const lost = others.length > 1 ? `${others.length} other classes` : others[0];
    lines.push(`${out}: .${format} holds no classes - read again, its drawings are of class ${name}, not of ${lost}`);
  }
  if (format !== 'npz' && splits) {
    lines.push(`${out}: .${format} holds no splits - read again, its drawings are split by a hash`);
  }
  return lines;
}

/** A class comes from a file of anyone's: as a folder's name it must not lead anywhere else. */
function folderName(className: string): string {
  return className.replaceAll(/[^\p{L}\p{N} _-]/gu, '_');
}
