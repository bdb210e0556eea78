import { fromTensorFlow, type Model, readSafetensors, writeModel } from '@sketch-rnn/core';
import { z } from 'zod';
import { UsageError } from '../errors.ts';
import { readInput } from '../input.ts';
import { isMagentaJs, loadModel } from '../model-file.ts';
import { className, flag, inputPath, number, outputPath, whole } from '../options.ts';
import { writeOutput } from '../output.ts';
import { defineVerb } from '../verb.ts';

const scaleFactor = number({ min: 1e-6, max: 1e6 });
const lossLength = whole({ min: 1, max: 10_000 });

export const importModel = defineVerb({
  summary: 'make a model file of weights from elsewhere',
  details: [
    "Magenta's .gen.json, .vae.json, .gen.js and .vae.js say all that is needed. A .safetensors of Magenta's TensorFlow " +
      'variables, each under its own name (vector_rnn/...), holds weights alone: class, scale factor and N_max are given here.',
  ],
  examples: [
    'sketch-rnn import bird.gen.json --out bird.safetensors',
    'sketch-rnn import owl-variables.safetensors --class owl --scale-factor 76.6042 --loss-length 174 --out owl.safetensors',
  ],
  positional: 'file',
  options: z.object({
    file: inputPath.describe("weights: Magenta's .gen.json, .vae.json, .js, or a .safetensors of TensorFlow variables"),
    out: outputPath('safetensors').describe('the model file'),
    class: className.optional().describe('what it draws, where the file does not say'),
    scaleFactor: scaleFactor.optional().describe('what its offsets were divided by, where the file does not say'),
    lossLength: lossLength.optional().describe('N_max of its training data, where the file does not say'),
    half: flag().describe('matrices as float16: half the size, as models are shipped'),
  }),

  async run({ options }) {
    const { file, out, half } = options;
    const model = isMagentaJs(file) ? await magentaModel(file, options) : await tensorFlowModel(file, options);
    await writeOutput(out, writeModel(model, { half }));
    const { config, classes, scaleFactor: scale, lossLength: length } = model;
    return { out, classes, scaleFactor: scale, lossLength: length, config };
  },

  text: ({ out, classes, config }) =>
    `${out}: ${classes.join(', ')}, ${config.conditional ? 'encoder and decoder' : 'decoder alone'} ` +
    `(${config.decoderCell}, ${config.decoderSize} units)`,
});

interface Told {
  readonly class?: string | undefined;
  readonly scaleFactor?: number | undefined;
  readonly lossLength?: number | undefined;
}

async function magentaModel(path: string, told: Told): Promise<Model> {
  const model = await loadModel(path);
  return {
    ...model,
    ...(told.class !== undefined && { classes: [told.class] }),
    ...(told.scaleFactor !== undefined && { scaleFactor: told.scaleFactor }),
    ...(told.lossLength !== undefined && { lossLength: told.lossLength }),
  };
}

async function tensorFlowModel(path: string, told: Told): Promise<Model> {
  const { tensors, metadata } = readSafetensors(await readInput(path), path);
  if (metadata['format'] === 'sketch-rnn') {
    throw new UsageError(`${path}: expected weights from elsewhere, got a model file - it can be used as it is`);
  }
  return {
    ...fromTensorFlow(tensors, path),
    classes: [needed(told.class, 'class', 'what the model draws')],
    scaleFactor: needed(told.scaleFactor, 'scale-factor', 'the number its offsets were divided by'),
    lossLength: needed(told.lossLength, 'loss-length', 'N_max of its training data'),
    temperatureForm: 'paper',
  };
}

function needed<T>(value: T | undefined, name: string, what: string): T {
  if (value !== undefined) return value;
  throw new UsageError(`--${name}: expected ${what}, got nothing - TensorFlow's variables do not say it`);
}
