import { checkSeveralClasses, type Guess, guessClasses } from '@sketch-rnn/core';
import { z } from 'zod';
import { withEngine } from '../compute.ts';
import { loadModel } from '../model-file.ts';
import { datasets, engine, modelPath, whole } from '../options.ts';
import { DEFAULT_MODEL } from '../shipped-models.ts';
import { firstDrawings } from '../sources.ts';
import { defineVerb } from '../verb.ts';

/** Guesses told of each drawing. */
const TOLD = 5;

export const guess = defineVerb({
  summary: 'say what drawings are of',
  details: [
    'The class of a drawing is the one under which it is most likely. Its probability is that of the class given the drawing ' +
      "(Bayes' rule), every class being as likely beforehand as any other: the softmax of the log likelihoods over all classes.",
    'Drawings are told to the model without a latent vector, where it was trained for that. They must be in the units it knows ' +
      '(0..255 for Quick, Draw!); SVG is scaled to them.',
  ],
  examples: ['sketch-rnn guess mine.svg theirs.json', 'sketch-rnn guess --data quickdraw:owl --n 20 --json'],
  options: z.object({
    model: modelPath.default(DEFAULT_MODEL),
    data: datasets,
    n: whole({ min: 1, max: Number.MAX_SAFE_INTEGER })
      .optional()
      .meta({ description: 'the first so many drawings', defaultNote: 'all' }),
    engine,
  }),
  positional: 'data',

  async run({ options, ...surroundings }) {
    const { n = Infinity } = options;
    const { log, signal } = surroundings;
    const model = await loadModel(options.model, surroundings);
    checkSeveralClasses(model);
    const drawings = await firstDrawings(options.data, n, surroundings);
    const guesses = await withEngine(model, options.engine, (running) =>
      guessClasses(running, model, {
        drawings: drawings.map(({ stroke3 }) => stroke3),
        onProgress(share) {
          signal.throwIfAborted();
          log.status(`looked at ${Math.floor(100 * share)} %`);
        },
      }),
    );
    return {
      drawings: drawings.map(({ className, stroke3 }, i) => ({
        class: className,
        points: stroke3.length / 3,
        guesses: (guesses[i] as Guess[]).slice(0, TOLD).map((each) => ({
          class: each.className,
          probability: each.probability,
          nats: each.logLikelihood,
        })),
      })),
    };
  },

  text: ({ drawings }) =>
    drawings
      .map(({ class: name, points, guesses }, i) => {
        const told = guesses.map((each) => `${each.class} ${each.probability.toFixed(3)}`).join('  ');
        return `${i + 1}  ${name}, ${points} points:  ${told}`;
      })
      .join('\n'),
});
