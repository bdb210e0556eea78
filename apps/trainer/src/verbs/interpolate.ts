import { type Engine, type Model, priorLatents, slerp } from '@sketch-rnn/core';
import { fromStroke3, type Sketch, type Stroke3 } from '@sketch-rnn/data';
import { sheet } from '@sketch-rnn/render';
import { z } from 'zod';
import { withEngine } from '../compute.ts';
import { labelOf } from '../condition.ts';
import { drawSketches } from '../draw.ts';
import { checkConditional, encodeSketches } from '../encode.ts';
import { loadModel } from '../model-file.ts';
import { className, drawingOrSeed, engine, modelPath, outputPath, seed, temperature, whole } from '../options.ts';
import { writePicture } from '../output.ts';
import { SEED } from '../paths.ts';
import { firstDrawing, type Sourced, type Surroundings } from '../sources.ts';
import { defineVerb } from '../verb.ts';

export const interpolate = defineVerb({
  summary: 'draw what lies between two or four drawings',
  details: [
    'Latent vectors between those of the given drawings, on great circles (slerp), each drawn with the same chance. A drawing ' +
      'is a file or a data set, of which the first is taken; a whole number is a seed, and stands for a latent vector drawn ' +
      'from the prior.',
  ],
  examples: [
    'sketch-rnn interpolate --model owl.safetensors --from 1 --to 2 --out strip.svg',
    'sketch-rnn interpolate --model owl.safetensors --from a.json --to b.json --corners c.svg --corners 7 --n 5 --out square.png',
  ],
  options: z.object({
    model: modelPath,
    from: drawingOrSeed.describe('the first drawing; with corners, the one at the top left'),
    to: drawingOrSeed.describe('the last drawing; with corners, the one at the top right'),
    corners: z
      .array(drawingOrSeed)
      .refine((given) => given.length === 0 || given.length === 2, 'expected two corners or none')
      .default([])
      .meta({ description: 'bottom left, then bottom right: a square instead of a strip', defaultNote: 'none' }),
    out: outputPath('svg', 'png').describe('the picture'),
    n: whole({ min: 2, max: 100 }).default(9).describe('drawings in a row'),
    temperature: temperature().default(0.1).describe('low, so that steps differ by the latent vector alone'),
    class: className.optional().describe("the class to draw, where the model knows several; by default the first drawing's"),
    seed: seed(1),
    engine,
  }),

  async run({ options, ...surroundings }) {
    const { out, n } = options;
    const model = await loadModel(options.model);
    checkConditional(model);
    const given = [options.from, options.to, ...options.corners];
    const ends = await Promise.all(given.map((each) => endOf(each, surroundings)));
    const label = labelOf(model, options.class ?? ends.find((end) => typeof end === 'object')?.className);
    const steps = Array.from({ length: n }, (_, i) => i / (n - 1));
    const rows = await withEngine(model, options.engine, async (running) => {
      const latents = await latentsOf(running, model, ends);
      const between = latents.length === 4 ? square(latents, steps) : line(latents[0], latents[1], steps);
      return drawSketches(running, model, {
        seeds: between.map(() => options.seed),
        labels: between.map(() => label),
        z: joined(between),
        temperature: options.temperature,
        signal: surroundings.signal,
      });
    });
    const drawn = rows.map(({ stroke3 }) => ({ sketch: fromStroke3(stroke3) }));
    const [first, last] = ends;
    const strip = [...captioned(first, 'from'), ...drawn, ...captioned(last, 'to')];
    const picture = ends.length === 4 ? sheet(drawn, { columns: n }) : sheet(strip, { columns: strip.length });
    await writePicture(out, picture);
    return { out, drawings: drawn.length };
  },

  text: ({ out, drawings }) => `${out}: ${drawings} drawings`,
});
