import { heat } from '@sketch-rnn/render';
import { z } from 'zod';
import { withEngine } from '../compute.ts';
import { checkUnconditional, labelOf } from '../condition.ts';
import { loadModel } from '../model-file.ts';
import { className, datasets, engine, flag, modelPath, outputPath, whole } from '../options.ts';
import { writePicture } from '../output.ts';
import { scoreDrawings } from '../score.ts';
import { firstDrawings, type Sourced } from '../sources.ts';
import { defineVerb } from '../verb.ts';

/** More would be too small to see anything in. */
const SHOWN = 100;

export const score = defineVerb({
  summary: 'say how likely the model holds drawings to be, point by point',
  details: [
    "Log densities of offsets are in the drawing's own units, in nats; log probabilities of the pen go with them, that of the end " +
      'row last. A conditional model sees the drawing first, through the mean of its posterior.',
  ],
  examples: [
    'sketch-rnn score --model owl.safetensors --data mine.json --json',
    'sketch-rnn score --model bird.gen.json --data quickdraw:bird --n 12 --out heat.svg',
  ],
  options: z.object({
    model: modelPath,
    data: datasets,
    class: className
      .optional()
      .describe("what the model is told the drawings are; by default each drawing's own class"),
    unconditional: flag().describe('without a latent vector, where the model was trained for it'),
    n: whole({ min: 1, max: Number.MAX_SAFE_INTEGER })
      .optional()
      .meta({ description: 'the first so many drawings', defaultNote: 'all' }),
    out: outputPath('svg', 'png')
      .optional()
      .describe(`a picture of where the model was surprised, by the first ${SHOWN} drawings at most`),
    engine,
  }),

  async run({ options, ...surroundings }) {
    const { out, n = Infinity, unconditional } = options;
    const { log, signal } = surroundings;
    const model = await loadModel(options.model, surroundings);
    if (unconditional) checkUnconditional(model);
    const drawings = await firstDrawings(options.data, n, surroundings);
    const scores = await withEngine(model, options.engine, (running) =>
      scoreDrawings(running, model, {
        drawings: drawings.map(({ stroke3, className: own }) => ({
          stroke3,
          label: labelOf(model, options.class ?? own),
        })),
        unconditional,
        signal,
        onProgress: (done) => log.status(`scored ${done} of ${drawings.length}`),
      }),
    );
    const cells = scores.slice(0, SHOWN).map(({ offset, pen }, i) => ({
      stroke3: (drawings[i] as Sourced).stroke3,
      surprise: offset.map((density, row) => -density - (pen[row] as number)),
    }));
    if (out !== undefined) await writePicture(out, heat(cells));
    return { drawings: scores.map((each, i) => ({ class: (drawings[i] as Sourced).className, ...each })) };
  },

  text: ({ drawings }) =>
    drawings
      .map(({ class: name, offset, pen }, i) => {
        const total = sum(offset) + sum(pen);
        return `${i + 1}  ${name}  ${offset.length} points  ${total.toFixed(2)} nats  ${(total / offset.length).toFixed(3)} a point`;
      })
      .join('\n'),
});

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
