import { basename } from 'node:path';
import { type Model, type SampledRows, usualLatents } from '@sketch-rnn/core';
import { type Drawing, fromStroke3, type Stroke3, toSketchFile } from '@sketch-rnn/data';
import { writeDrawings } from '@sketch-rnn/data/node';
import { type Colouring, replayFrames, sheet, sketchToSvg } from '@sketch-rnn/render';
import { z } from 'zod';
import { withEngine } from '../compute.ts';
import { checkUnconditional, labelOf } from '../condition.ts';
import { drawSketches } from '../draw.ts';
import { UsageError } from '../errors.ts';
import { loadModel } from '../model-file.ts';
import { className, count, engine, flag, inputPath, modelPath, outputPath, seed, temperature } from '../options.ts';
import { endingOf, loadRaster, writeOutput, writePicture } from '../output.ts';
import { DEFAULT_MODEL } from '../shipped-models.ts';
import { firstDrawing } from '../sources.ts';
import { defineVerb } from '../verb.ts';

export const sample = defineVerb({
  summary: 'draw new sketches, or finish one that is begun',
  details: [
    'Drawing i of a call is made from seed + i alone: the same seed, class and temperature give the same drawing, whatever is ' +
      'drawn beside it.',
    '--start goes on from a drawing, which must be in the units the model knows (0..255 for Quick, Draw!); SVG is scaled to ' +
      'them as a whole drawing would be. As in the paper (section 3.4) the decoder goes on alone, without a latent vector, ' +
      'where the model can; else each drawing has a latent vector of its own: such as drawings of its class have, where the model knows, else one from the prior. The start is not encoded: to the ' +
      'encoder, which saw whole drawings only, it would be a drawing that ends there.',
  ],
  examples: [
    'sketch-rnn sample --model owl --out owls.svg',
    'sketch-rnn sample --class bicycle --out bicycles.png',
    'sketch-rnn sample --model bird.gen.json --n 1 --temperature 0.25 --seed 7 --out bird.gif',
    'sketch-rnn sample --model zoo.safetensors --class all --n 200 --out zoo.ndjson',
    'sketch-rnn sample --class cat --start begun.json --n 8 --out finished.png',
  ],
  options: z.object({
    model: modelPath.default(DEFAULT_MODEL),
    out: outputPath('svg', 'png', 'gif', 'ndjson', 'json').describe(
      'a sheet (.svg, .png), an animation (.gif), or drawings (.ndjson; .json for one)',
    ),
    class: className.optional().describe("one of the model's classes, or all: n drawings shared among them in turn"),
    n: count(16).describe('drawings'),
    temperature: temperature().default(0.4).describe('0.1 is careful, 1 is wild'),
    greedy: flag().describe('temperature 0: always the likeliest'),
    seed: seed(1),
    start: inputPath.optional().describe('a drawing to finish: .json, .svg, or the first of a data file'),
    unconditional: flag().describe('without a latent vector, where the model was trained for it'),
    engine,
  }),

  async run({ options, ...surroundings }) {
    const { out, n, log, signal } = { ...options, ...surroundings };
    if (endingOf(out) === '.json' && n > 1) {
      throw new UsageError(`--out: expected --n 1 for .json, which holds one drawing, got ${n} - use .ndjson`);
    }
    const model = await loadModel(options.model, surroundings);
    const labels = labelsOf(model, options.class, n);
    const start = options.start === undefined ? undefined : (await firstDrawing(options.start, surroundings)).stroke3;
    const temperatureUsed = options.greedy ? 0 : options.temperature;
    const seeds = Array.from({ length: n }, (_, i) => options.seed + i);
    if (options.unconditional) checkUnconditional(model);
    const latents = options.unconditional
      ? undefined
      : usualLatents(model, { seeds, labels, goesOn: start !== undefined });
    const rows = await withEngine(model, options.engine, (running) =>
      drawSketches(running, model, {
        seeds,
        labels,
        z: latents,
        temperature: temperatureUsed,
        start,
        signal,
        onProgress: (done) => log.status(`drawn ${done} of ${n}`),
      }),
    );
    const drawn = rows.map((row, i) => ({ ...row, className: model.classes[labels[i] as number] as string }));
    await write(out, drawn, {
      model: basename(options.model),
      seed: options.seed,
      temperature: temperatureUsed,
      start,
    });
    const sketches = drawn.map(({ className: of, ended, stroke3 }, i) => ({
      class: of,
      seed: seeds[i] as number,
      points: stroke3.length / 3,
      ended,
    }));
    return { out, temperature: temperatureUsed, sketches };
  },

  text: ({ out, sketches }) => `${out}: ${sketches.length} ${sketches.length === 1 ? 'drawing' : 'drawings'}`,
});

/** The class of each drawing: one for all, or all in turn and in their order, as evenly as can be. */
function labelsOf(model: Model, name: string | undefined, n: number): number[] {
  const { classes } = model;
  const all = name === 'all' && !(classes.length > 1 && classes.includes('all'));
  if (all) return Array.from({ length: n }, (_, i) => Math.floor((i * classes.length) / n));
  if (classes.length === 1 && name !== undefined && name !== classes[0]) {
    throw new UsageError(`--class: expected ${classes[0]}, the model's one class, got "${name}" - leave it out`);
  }
  return Array.from({ length: n }, () => labelOf(model, name));
}

type Drawn = SampledRows & Drawing & { readonly className: string };

interface Origin {
  readonly model: string;
  readonly seed: number;
  readonly temperature: number;
  readonly start: Stroke3 | undefined;
}

async function write(out: string, drawn: readonly Drawn[], { start, ...origin }: Origin): Promise<void> {
  const colouring: Colouring = start ? { givenPoints: fromStroke3(start).flat().length } : 'ink';
  const [first] = drawn as [Drawn];
  const several = drawn.some(({ className: name }) => name !== first.className);
  switch (endingOf(out)) {
    case '.ndjson':
      return writeDrawings(out, drawn);
    case '.json':
      return writeOutput(out, `${JSON.stringify({ ...toSketchFile(first), ...origin })}\n`);
    case '.gif': {
      const frames = drawn.flatMap(({ stroke3 }) => replayFrames(fromStroke3(stroke3), { colouring }));
      const { framesToGif } = await loadRaster();
      return writeOutput(out, await framesToGif(frames));
    }
    default: {
      if (drawn.length === 1) {
        return writePicture(out, sketchToSvg(fromStroke3(first.stroke3), { colouring, title: first.className }));
      }
      const cells = drawn.map(({ stroke3, className: name }) => ({
        sketch: fromStroke3(stroke3),
        ...(several && { caption: name }),
      }));
      return writePicture(out, sheet(cells, { colouring, ...(!several && { title: first.className }) }));
    }
  }
}
