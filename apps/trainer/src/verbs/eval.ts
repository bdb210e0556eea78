import { presets } from '@sketch-rnn/core';
import { type DataSet, DataError, type Example, fold, jitter, keyOf, scaleOffsets } from '@sketch-rnn/data';
import { gatherSources } from '@sketch-rnn/data/node';
import { z } from 'zod';
import { withEngine } from '../compute.ts';
import { checkUnconditional, labelOf } from '../condition.ts';
import { type EvaluationReport, evaluationOf } from '../evaluation/report.ts';
import { loadModel } from '../model-file.ts';
import { choice, className, datasets, engine, flag, modelPath, seed, whole } from '../options.ts';
import { repeatedLine, skippedLine, sourceOptions } from '../sources.ts';
import { defineVerb } from '../verb.ts';

export const evaluate = defineVerb({
  summary: 'measure a model on drawings it has not learned from',
  details: [
    'perPoint is in nats, offsets as a density in the units of the drawings (0..255 for Quick, Draw!), so that models of other ' +
      "scale factors compare; reference is Magenta's form, which depends on N_max and scale: compare it on the same file alone.",
    'Latent gain is what a drawing loses under the latent vector of another of its class: near 0 the model always draws the same.',
    'Whole numbers reward needle-thin mixtures: compare models with --dequantise, which blurs every offset by half a unit.',
  ],
  examples: [
    'sketch-rnn eval --model owl.safetensors --data quickdraw:owl',
    'sketch-rnn eval --model bird.gen.json --data birds.ndjson --split all --dequantise 1 --json',
  ],
  options: z.object({
    model: modelPath,
    data: datasets,
    split: choice(['test', 'valid', 'train', 'all']).default('test').describe('which drawings'),
    class: className
      .optional()
      .describe("what the model is told the drawings are; by default each drawing's own class"),
    unconditional: flag().describe('without a latent vector, where the model was trained for it'),
    dequantise: whole({ min: 0, max: 2 ** 32 - 1 })
      .optional()
      .describe('add uniform +-0.5 units to every offset, from this seed'),
    seed: seed(1),
    engine,
  }),

  async run({ options, ...surroundings }): Promise<EvaluationReport> {
    const { split, dequantise, unconditional } = options;
    const model = await loadModel(options.model, surroundings);
    if (unconditional) checkUnconditional(model);
    const { scaleFactor, lossLength } = model;
    const { data, skipped } = await gatherSources(options.data, {
      ...sourceOptions(surroundings),
      maxLength: lossLength,
    });
    for (const line of [skippedLine(skipped), repeatedLine(data.repeated)]) {
      if (line !== undefined) surroundings.log.line(line);
    }
    if (data.tooLong > 0)
      surroundings.log.line(`left out ${data.tooLong} with more points than the model's ${lossLength}`);
    const examples = split === 'all' ? [...data.train, ...data.valid, ...data.test] : data[split];
    if (examples.length === 0) {
      throw new DataError(`--split: expected drawings in ${split}, got none - use --split all or more data`);
    }
    const sketches = examples.map(({ stroke3 }, i) => {
      const blurred = dequantise === undefined ? stroke3 : jitter(stroke3, 0.5, fold(keyOf(dequantise), i));
      return scaleOffsets(blurred, 1 / scaleFactor);
    });
    const labels = examples.map((example) => labelOf(model, options.class ?? classOf(data, example)));
    return withEngine(model, options.engine, (running) =>
      evaluationOf(running, {
        sketches,
        labels,
        scaleFactor,
        lossLength,
        klTolerance: presets.magenta.klTolerance,
        seed: options.seed,
        unconditional,
      }),
    );
  },

  text({ drawings, points, perPoint, reference, latentGain }) {
    const { offset, pen, kl, total } = perPoint;
    return [
      `${drawings} drawings, ${points} points`,
      `nats a point: ${total.toFixed(4)} = offset ${offset.toFixed(4)} + pen ${pen.toFixed(4)} + KL ${kl.toFixed(4)}`,
      `reference: L_R ${reference.r.toFixed(4)}, L_KL ${reference.kl.toFixed(4)}`,
      ...(latentGain === undefined ? [] : [`latent gain: ${latentGain.toFixed(2)} nats a drawing`]),
    ].join('\n');
  },
});

function classOf({ classes }: DataSet, { label }: Example): string {
  return classes[label] as string;
}
