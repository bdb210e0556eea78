import { configFrom } from '@sketch-rnn/core';
import {
  augment,
  fold,
  fromStroke3,
  keyOf,
  permutation,
  stream,
  type Stroke3,
  withoutRepeated,
} from '@sketch-rnn/data';
import { sheet } from '@sketch-rnn/render';
import { z } from 'zod';
import { table } from '../help.ts';
import { count, datasets, outputPath, seed } from '../options.ts';
import { writePicture } from '../output.ts';
import { readSources, type Sourced } from '../sources.ts';
import { statisticsOf } from '../statistics.ts';
import { defineVerb } from '../verb.ts';

/** Columns of the picture after the drawing itself. */
const AUGMENTED = 4;

/** Numbers of classes that are listed for people; `--json` has all. */
const LISTED = 20;

export const dataInspect = defineVerb({
  summary: 'count and measure drawings, and show what the model sees of them',
  details: [
    'The picture has a row a drawing: as it is read, then as training would stretch it and drop points from it; colours go from ' +
      'the first stroke to the last.',
  ],
  examples: ['sketch-rnn data inspect quickdraw:owl', 'sketch-rnn data inspect drawings.ndjson --out seen.png --n 8'],
  positional: 'data',
  options: z.object({
    data: datasets,
    out: outputPath('svg', 'png').optional().describe('the picture'),
    n: count(6).describe('drawings in the picture'),
    seed: seed(1),
  }),

  async run({ options, ...surroundings }) {
    const { out, n } = options;
    const reading = readSources(options.data, surroundings);
    const found: (Sourced & { readonly source: number })[] = [];
    for await (const drawing of reading.drawings) found.push({ ...drawing, source: reading.sources.length });
    const drawings = withoutRepeated(found);
    if (out !== undefined) await writePicture(out, pictureOf(drawings, n, options.seed));
    return {
      sources: reading.sources.map(({ name, licence }) => ({ name, licence })),
      ...statisticsOf(drawings),
      skipped: Object.fromEntries(reading.skipped),
      repeated: found.length - drawings.length,
      ...(out !== undefined && { out }),
    };
  },

  text({ sources, drawings, classes, splits, rows, strokes, scaleFactor, skipped, repeated }) {
    const names = Object.entries(classes);
    const more = names.length > LISTED ? `, and ${names.length - LISTED} more` : '';
    const counts = (entries: readonly (readonly [string, number])[]): string =>
      entries.map(([name, number]) => `${name} ${number}`).join(', ');
    const leftOut = Object.entries(repeated > 0 ? { ...skipped, repeated } : skipped);
    return table([
      ...sources.map(({ name, licence }) => ['source', `${name} (licence: ${licence})`] as const),
      ['drawings', `${drawings}`],
      [`classes (${names.length})`, counts(names.slice(0, LISTED)) + more],
      ['splits', counts(Object.entries(splits))],
      [
        'points',
        `mean ${rows.mean.toFixed(1)}, median ${rows.median}, 95 % up to ${rows.p95}, 99 % up to ${rows.p99}, ${rows.least} to ${rows.most}`,
      ],
      ['strokes', `mean ${strokes.toFixed(1)}`],
      ['scale factor', scaleFactor.toFixed(4)],
      ['left out', counts(leftOut) || 'none'],
    ]).join('\n');
  },
});

function pictureOf(drawings: readonly Sourced[], n: number, number: number): string {
  const { scaleAugmentation: scale, pointDropping } = configFrom('small');
  const key = keyOf(number);
  const chosen = [...permutation(key, drawings.length).subarray(0, n)].map((place) => drawings[place] as Sourced);
  const cells = chosen.flatMap(({ stroke3 }, row) => {
    const next = stream(fold(key, row));
    const seen = Array.from({ length: AUGMENTED }, (): Stroke3 => augment(stroke3, { scale, pointDropping }, next));
    return [stroke3, ...seen].map((each) => ({ sketch: fromStroke3(each) }));
  });
  const columnHeadings = ['as read', ...Array.from({ length: AUGMENTED }, (_, i) => `augmented ${i + 1}`)];
  return sheet(cells, {
    columnHeadings,
    rowHeadings: chosen.map(({ className, stroke3 }) => `${className}, ${stroke3.length / 3} points`),
    colouring: 'order',
  });
}
