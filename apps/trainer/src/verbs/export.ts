import { writeMagentaJs, writeModel } from '@sketch-rnn/core';
import { z } from 'zod';
import { UsageError } from '../errors.ts';
import { loadModel } from '../model-file.ts';
import { choice, modelPath, outputPath } from '../options.ts';
import { endingOf, writeOutput } from '../output.ts';
import { defineVerb } from '../verb.ts';

const ENDINGS = { safetensors: '.safetensors', 'magenta-json': '.json or .js' } as const;

export const exportModel = defineVerb({
  summary: "write a model to be shipped, or for other programs: Magenta's players in the browser",
  details: [
    'safetensors is the model itself at half its size: matrices in half precision, as the gallery and the bot load it.',
    'magenta-json is what sketch_rnn.js and @magenta/sketch read: lstm cells, 20 mixtures, one class. What it cannot hold is told.',
  ],
  examples: [
    'sketch-rnn export runs/owl/model.safetensors --to safetensors --out owl.safetensors',
    'sketch-rnn export owl.safetensors --to magenta-json --out owl.gen.json',
  ],
  positional: 'model',
  options: z.object({
    model: modelPath,
    to: choice(['safetensors', 'magenta-json']).describe('the form'),
    out: outputPath('safetensors', 'json', 'js').describe('the file; .js makes it a script'),
  }),

  async run({ options, ...surroundings }) {
    const { out, to } = options;
    const ending = endingOf(out);
    if ((to === 'safetensors') !== (ending === '.safetensors')) {
      throw new UsageError(`--out: expected a file that ends in ${ENDINGS[to]}, got ${out} - or choose another --to`);
    }
    const model = await loadModel(options.model, surroundings);
    const { bytes, losses } =
      to === 'safetensors'
        ? { bytes: writeModel(model, { half: true }), losses: [] }
        : writeMagentaJs(model, { script: ending === '.js' });
    await writeOutput(out, bytes);
    for (const loss of losses) surroundings.log.line(`not held: ${loss}`);
    return { out, losses };
  },

  text: ({ out }) => out,
});
