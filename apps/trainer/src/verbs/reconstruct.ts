import { DataError, fromStroke3 } from '@sketch-rnn/data';
import { sheet } from '@sketch-rnn/render';
import { z } from 'zod';
import { withEngine } from '../compute.ts';
import { labelOf } from '../condition.ts';
import { drawSketches } from '../draw.ts';
import { checkConditional, encodeSketches } from '../encode.ts';
import { heldOut } from '../held-out.ts';
import { loadModel } from '../model-file.ts';
import { className, count, datasets, engine, modelPath, outputPath, seed, temperature } from '../options.ts';
import { writePicture } from '../output.ts';
import { DEFAULT_MODEL } from '../shipped-models.ts';
import { defineVerb } from '../verb.ts';

export const reconstruct = defineVerb({
  summary: 'draw drawings again from what the model makes of them',
  details: [
    'Each drawing is encoded, and drawn again from the mean of its posterior at several temperatures (Ha & Eck 2017, figure 3). ' +
      'Drawings of the test split come first, then those of validation, then those the model was trained on.',
  ],
  examples: [
    'sketch-rnn reconstruct --model owl --data quickdraw:owl --out owls.svg',
    'sketch-rnn reconstruct --model owl.safetensors --data mine.svg --temperature 0.1 --temperature 0.5 --out mine.png',
  ],
  options: z.object({
    model: modelPath.default(DEFAULT_MODEL),
    data: datasets,
    out: outputPath('svg', 'png').describe('a sheet: a row a drawing, the original first'),
    n: count(8).describe('drawings'),
    temperature: z.array(temperature()).min(1).default([0.1, 0.3, 0.5, 0.7, 0.9]).describe('a column each'),
    class: className
      .optional()
      .describe("what the model is told the drawings are; by default each drawing's own class"),
    seed: seed(1),
    engine,
  }),

  async run({ options, ...surroundings }) {
    const { out, n, temperature: temperatures, seed: first } = options;
    const { log, signal } = surroundings;
    const model = await loadModel(options.model, surroundings);
    checkConditional(model);
    const originals = await heldOut(options.data, { n, maxLength: model.lossLength, seed: first }, surroundings);
    if (originals.length === 0) {
      throw new DataError(
        `--data: expected drawings of at most ${model.lossLength} points, the most this model draws, got longer ones alone - ` +
          'give others',
      );
    }
    const labels = originals.map((drawing) => labelOf(model, options.class ?? drawing.className));
    const seeds = originals.map((_, i) => first + i);
    const columns = await withEngine(model, options.engine, async (running) => {
      const latents = await encodeSketches(
        running,
        model,
        originals.map(({ stroke3 }) => stroke3),
      );
      const drawn = [];
      for (const each of temperatures) {
        log.status(`drawing at temperature ${each}`);
        drawn.push(await drawSketches(running, model, { seeds, labels, z: latents, temperature: each, signal }));
      }
      return drawn;
    });
    const cells = originals.flatMap(({ stroke3 }, row) =>
      [stroke3, ...columns.map((column) => column[row]?.stroke3 ?? stroke3)].map((each) => ({
        sketch: fromStroke3(each),
      })),
    );
    const columnHeadings = ['original', ...temperatures.map((each) => `T = ${each}`)];
    await writePicture(out, sheet(cells, { columnHeadings }));
    return {
      out,
      drawings: originals.map(({ className: of, split, stroke3 }) => ({
        class: of,
        split,
        points: stroke3.length / 3,
      })),
    };
  },

  text: ({ out, drawings }) => `${out}: ${drawings.length} ${drawings.length === 1 ? 'drawing' : 'drawings'}`,
});
