import { gatherSources } from '@sketch-rnn/data/node';
import { z } from 'zod';
import { UsageError } from '../errors.ts';
import { readInput } from '../input.ts';
import { datasets, flag, outputPath, seed, whole } from '../options.ts';
import { writeOutput } from '../output.ts';
import type { Accuracy } from '../recogniser/accuracy.ts';
import { readTraining, type TrainingState, writeNetwork, writeTraining } from '../recogniser/files.ts';
import { logSkipped, sourceOptions } from '../sources.ts';
import { defineVerb } from '../verb.ts';

/** Longer drawings are left out, as they are of the models it judges. */
const MAX_LENGTH = 250;

/** Half an hour on one core. */
const DEFAULT_STEPS = 6000;

const TOLD_EVERY = 100;

export const recogniserTrain = defineVerb({
  summary: 'teach a small network to name drawings, which then judges what a model draws',
  details: [
    'A convolutional network on 64 x 64 pictures, trained on TensorFlow on the same training split as the models; ' +
      'validation and test drawings judge it. It favours no class, however many drawings there are of it.',
    'Every 500 steps it is saved, and beside it (FILE.checkpoint) what --resume goes on from.',
  ],
  examples: [
    'sketch-rnn recogniser train --data drawings --out recogniser.safetensors',
    'sketch-rnn recogniser train --data drawings --out recogniser.safetensors --resume',
  ],
  options: z.object({
    data: datasets,
    out: outputPath('safetensors').describe('the recogniser'),
    steps: whole({ min: 1, max: 1e9 }).default(DEFAULT_STEPS).describe('of 64 drawings; the rate falls to 0 by then'),
    seed: seed(1),
    resume: flag().describe('go on from the checkpoint of --out, with its seed'),
  }),

  async run({ options, ...surroundings }) {
    const { out, steps } = options;
    const { log, signal } = surroundings;
    const checkpoint = `${out}.checkpoint`;
    const start = options.resume ? readTraining(await readInput(checkpoint), checkpoint) : { seed: options.seed };
    const { useTensorFlow } = await import('../recogniser/recogniser.ts');
    await useTensorFlow();
    const gathered = await gatherSources(options.data, { ...sourceOptions(surroundings), maxLength: MAX_LENGTH });
    const { data } = gathered;
    logSkipped(gathered, log);
    if ('classes' in start) checkSameClasses(start, data.classes);
    const { trainRecogniser } = await import('../recogniser/train.ts');
    const figures = await trainRecogniser({
      data,
      source: `${gathered.name} (licence: ${gathered.licence})`,
      steps,
      start,
      signal,
      onStep: (step, loss) => {
        log.status(`step ${step} of ${steps}: loss ${loss.toFixed(3)}`);
        if (step % TOLD_EVERY === 0) log.line(`step ${step}: loss ${loss.toFixed(3)}`);
      },
      onEvaluation: (step, valid) => log.line(`step ${step}: validation ${inWords(valid)}`),
      save: async (state) => {
        await writeOutput(checkpoint, writeTraining(state));
        await writeOutput(out, writeNetwork(state));
      },
    });
    return { out, classes: data.classes.length, ...figures };
  },

  text: ({ out, classes, step, seconds, valid, test }) =>
    [
      `${out}: ${classes} classes, ${step} steps, ${Math.round(seconds / 60)} minutes`,
      `validation: ${inWords(valid)}`,
      `test: ${inWords(test)}`,
    ].join('\n'),
});

function inWords({ drawings, top1, top5, byClass }: Accuracy): string {
  return (
    `${drawings} drawings, named first ${top1.toFixed(3)}, among five ${top5.toFixed(3)}; ` +
    `mean of classes ${byClass.top1.toFixed(3)} and ${byClass.top5.toFixed(3)}`
  );
}

function checkSameClasses({ classes }: TrainingState, given: readonly string[]): void {
  if (classes.join('\n') === given.join('\n')) return;
  const other = given.find((name) => !classes.includes(name)) ?? `${given.length} of ${classes.length}`;
  throw new UsageError(
    `--data: expected the classes of the training that goes on, got ${other} - give the data it began with`,
  );
}
