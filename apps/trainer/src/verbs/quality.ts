import { basename } from 'node:path';
import type { Model } from '@sketch-rnn/core';
import { gatherSources } from '@sketch-rnn/data/node';
import { z } from 'zod';
import { withEngine } from '../compute.ts';
import { checkUnconditional } from '../condition.ts';
import { loadModel } from '../model-file.ts';
import {
  choice,
  count,
  datasets,
  engine,
  flag,
  inputPath,
  modelPath,
  outputPath,
  seed,
  temperature,
} from '../options.ts';
import { writeOutput } from '../output.ts';
import { chooseDrawings } from '../quality/drawings.ts';
import { qualityMarkdown } from '../quality/markdown.ts';
import { measure } from '../quality/measure.ts';
import { basisOf } from '../quality/nats.ts';
import { qualityPage } from '../quality/page/page.ts';
import { progressTo } from '../quality/progress.ts';
import type { Judged, QualityReport } from '../quality/report.ts';
import { atItsScale, compareWith, isScaleUnknown } from '../quality/rival.ts';
import { qualityText } from '../quality/text.ts';
import type { Recogniser } from '../recogniser/recogniser.ts';
import { logSkipped, sourceOptions } from '../sources.ts';
import { defineVerb } from '../verb.ts';

export const quality = defineVerb({
  summary: 'say how good a model is, in figures and pictures',
  details: [
    'Likelihoods are those of dequantised offsets (uniform +-0.5 units), in nats a point, in the units of the drawings; with a ' +
      'latent vector drawn from the posterior they are the bound, KL and all. Intervals are of 95 %, by the bootstrap over ' +
      'drawings: of the paired differences, where two models are compared.',
    "The scale factor of Magenta's players is not known: the one is taken under which the validation drawings are most likely.",
    'Copies show as samples whose nearest training drawing of the class is much nearer than those of real drawings that are ' +
      'not trained on: chamfer distance of 64 points along the ink, in boxes of longer side 1.',
  ],
  examples: [
    'sketch-rnn quality --model owl.safetensors --data quickdraw:owl --out owl.html',
    'sketch-rnn quality --model zoo.safetensors --data drawings/ --against bird.gen.json --limit 20 --out zoo.html',
  ],
  options: z.object({
    model: modelPath,
    data: datasets,
    out: outputPath('html').describe('the report; its figures stand beside it in a .json and a .md of the same name'),
    against: modelPath.optional().describe('another model, to be compared with on the same drawings'),
    recogniser: inputPath
      .optional()
      .describe('what "recogniser train" made: it judges whether samples look like their class'),
    split: choice(['test', 'valid', 'train', 'all']).default('test').describe('which drawings'),
    limit: count(100).describe('drawings of a class that are judged, at most'),
    guesses: count(300).describe('drawings whose class is guessed, at most; each is judged under every class'),
    samples: count(8).describe('samples of each class at each temperature'),
    temperature: z.array(temperature()).min(1).default([0.2, 0.4, 0.6, 0.8]).describe('of the samples'),
    unconditional: flag().describe('samples without a latent vector, where the model was trained for it'),
    seed: seed(1),
    engine,
  }),

  async run({ options, ...surroundings }): Promise<QualityReport> {
    const { out, split, limit, unconditional, seed: from } = options;
    const { log, signal } = surroundings;
    const stored = await loadModel(options.model, surroundings);
    if (unconditional) checkUnconditional(stored);
    const rival = options.against === undefined ? undefined : await loadModel(options.against, surroundings);
    const gathered = await gatherSources(options.data, {
      ...sourceOptions(surroundings),
      maxLength: stored.lossLength,
    });
    logSkipped(gathered, log);
    const drawings = chooseDrawings(gathered.data, stored, { split, limit, seed: from });
    if (drawings.unknown > 0) log.line(`left out ${drawings.unknown} of classes that the model does not know`);
    const judging = { engine: options.engine, seed: from, begin: progressTo(log, () => performance.now(), signal) };
    const model = await atItsScale(stored, drawings.validation, judging);
    const recogniser = options.recogniser === undefined ? undefined : await openRecogniser(options.recogniser);
    const { figures, comparable, pictures } = await withEngine(model, options.engine, (running) =>
      measure(running, {
        model,
        drawings,
        temperatures: options.temperature,
        perClass: options.samples,
        guesses: options.guesses,
        unconditional,
        recogniser,
        signal,
        ...judging,
      }),
    ).finally(() => recogniser?.dispose());
    const compared =
      rival && (await compareWith(rival, { classes: model.classes, drawings, own: comparable }, judging));
    const report: QualityReport = {
      model: judged(options.model, model),
      data: {
        name: gathered.name,
        licence: gathered.licence,
        split,
        drawings: drawings.judged.length,
        points: figures.classes.reduce((sum, { points }) => sum + points, 0),
      },
      ...figures,
      ...(compared && {
        against: {
          model: judged(options.against ?? '', compared.rival),
          basis: { own: basisOf(model), other: basisOf(compared.rival) },
          ...compared.comparison,
        },
      }),
      seed: from,
    };
    await writeOutput(out, qualityPage(report, pictures));
    await writeOutput(out.replace(/\.html$/i, '.json'), `${JSON.stringify(report, undefined, 2)}\n`);
    await writeOutput(out.replace(/\.html$/i, '.md'), qualityMarkdown(report));
    return report;
  },

  text: qualityText,
});

/** Only now: it brings tfjs along, which no other verb needs at its start. */
async function openRecogniser(path: string): Promise<Recogniser> {
  const { loadRecogniser } = await import('../recogniser/recogniser.ts');
  return loadRecogniser(path);
}

function judged(path: string, model: Model): Judged {
  return {
    name: basename(path),
    classes: model.classes.length,
    scaleFactor: model.scaleFactor,
    scaleSearched: isScaleUnknown(model),
    ...(model.step !== undefined && { step: model.step }),
  };
}
