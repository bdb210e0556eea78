import { classLatents } from '@sketch-rnn/core';
import { fromStroke3 } from '@sketch-rnn/data';
import { type Cell, sheet } from '@sketch-rnn/render';
import { z } from 'zod';
import { withEngine } from '../compute.ts';
import { labelOf } from '../condition.ts';
import { drawSketches } from '../draw.ts';
import { checkConditional, encodeSketches } from '../encode.ts';
import { loadModel } from '../model-file.ts';
import { className, drawingOrSeed, engine, modelPath, outputPath, seed, temperature, whole } from '../options.ts';
import { writePicture } from '../output.ts';
import { SEED } from '../paths.ts';
import { DEFAULT_MODEL } from '../shipped-models.ts';
import { firstDrawing, type Sourced, type Surroundings } from '../sources.ts';
import { defineVerb } from '../verb.ts';
import { square, strip } from '../walk.ts';

export const interpolate = defineVerb({
  summary: 'draw what lies between two or four drawings',
  details: [
    'Latent vectors between those of the given drawings, on great circles (slerp), each drawn with the same chance. A drawing ' +
      'is a file or a data set, of which the first is taken; a whole number is a seed, and stands for the latent vector that ' +
      '"sample --seed" draws with.',
  ],
  examples: [
    'sketch-rnn interpolate --model owl --from 1 --to 2 --out strip.svg',
    'sketch-rnn interpolate --model owl.safetensors --from a.json --to b.json --corners c.svg --corners 7 --n 5 --out square.png',
  ],
  options: z.object({
    model: modelPath.default(DEFAULT_MODEL),
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
    class: className
      .optional()
      .describe("the class to draw, where the model knows several; by default the first drawing's"),
    seed: seed(1),
    engine,
  }),

  async run({ options, ...surroundings }) {
    const { out, n, from, to, corners } = options;
    const model = await loadModel(options.model, surroundings);
    checkConditional(model);
    const ends: End[] = [];
    for (const text of [from, to, ...corners]) ends.push(await endOf(text, surroundings));
    const label = labelOf(model, options.class ?? ends.find(({ drawing }) => drawing)?.drawing?.className);
    const rows = await withEngine(model, options.engine, async (running) => {
      const latents: Float32Array[] = [];
      for (const { drawing, seed: number } of ends) {
        latents.push(
          drawing ? await encodeSketches(running, model, [drawing.stroke3]) : classLatents(model, [number], [label]),
        );
      }
      const way = wayThrough(latents, n);
      return drawSketches(running, model, {
        seeds: way.map(() => options.seed),
        labels: way.map(() => label),
        z: Float32Array.from(way.flatMap((latent) => [...latent])),
        temperature: options.temperature,
        signal: surroundings.signal,
      });
    });
    const drawn = rows.map(({ stroke3 }): Cell => ({ sketch: fromStroke3(stroke3) }));
    const [first, last] = ends as [End, End];
    const cells = corners.length > 0 ? drawn : [...original(first, 'from'), ...drawn, ...original(last, 'to')];
    await writePicture(out, sheet(cells, { columns: corners.length > 0 ? n : cells.length }));
    return { out, drawings: drawn.length };
  },

  text: ({ out, drawings }) => `${out}: ${drawings} drawings`,
});

/** One end of a way: a drawing, or the seed of a latent vector. */
type End = { readonly drawing: Sourced; readonly seed?: never } | { readonly seed: number; readonly drawing?: never };

async function endOf(text: string, surroundings: Surroundings): Promise<End> {
  return SEED.test(text) ? { seed: Number(text) } : { drawing: await firstDrawing(text, surroundings) };
}

/** A strip between two, a square between four. */
function wayThrough(latents: readonly Float32Array[], n: number): Float32Array[] {
  const [first, second, third, fourth] = latents as [Float32Array, Float32Array, Float32Array?, Float32Array?];
  if (!third || !fourth) return strip(first, second, n);
  return square({ topLeft: first, topRight: second, bottomLeft: third, bottomRight: fourth }, n);
}

/** The given drawing beside what the model makes of it; none where a seed was given. */
function original({ drawing }: End, caption: string): Cell[] {
  return drawing ? [{ sketch: fromStroke3(drawing.stroke3), caption }] : [];
}
