import { writeMagentaJs } from '@sketch-rnn/core';
import { z } from 'zod';
import { loadModel } from '../model-file.ts';
import { choice, modelPath, outputPath } from '../options.ts';
import { endingOf, writeOutput } from '../output.ts';
import { defineVerb } from '../verb.ts';

export const exportModel = defineVerb({
  summary: "write a model for other programs: Magenta's players in the browser",
  details: [
    'magenta-json is what sketch_rnn.js and @magenta/sketch read: lstm cells, 20 mixtures, one class. What it cannot hold is told.',
  ],
  examples: ['sketch-rnn export owl.safetensors --to magenta-json --out owl.gen.json'],
  positional: 'model',
  options: z.object({
    model: modelPath,
    to: choice(['magenta-json']).describe('the form'),
    out: outputPath('json', 'js').describe('the file; .js makes it a script'),
  }),

  async run({ options, ...surroundings }) {
    const { out } = options;
    const model = await loadModel(options.model, surroundings);
    const { bytes, losses } = writeMagentaJs(model, { script: endingOf(out) === '.js' });
    await writeOutput(out, bytes);
    for (const loss of losses) surroundings.log.line(`not held: ${loss}`);
    return { out, losses };
  },

  text: ({ out }) => out,
});
