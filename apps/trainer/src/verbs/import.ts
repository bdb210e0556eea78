import { fromTensorFlow, type Model, readSafetensors, writeModel } from '@sketch-rnn/core';
import { z } from 'zod';
import { UsageError } from '../errors.ts';
import { readInput } from '../input.ts';
import { isMagentaJs, loadModel } from '../model-file.ts';
import { className, flag, modelPath, number, outputPath, whole } from '../options.ts';
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
    'sketch-rnn import magenta:owl --out owl.safetensors --half',
    'sketch-rnn import owl-variables.safetensors --class owl --scale-factor 76.6042 --loss-length 174 --out owl.safetensors',
  ],
  positional: 'file',
  options: z.object({
    file: modelPath.describe(
      "weights: Magenta's .gen.json, .vae.json, .js, magenta:CLASS, or a .safetensors of TensorFlow variables",
    ),
    out: outputPath('safetensors').describe('the model file'),
    class: className.optional().describe('what it draws, where the file does not say'),
    scaleFactor: scaleFactor.optional().describe('what its offsets were divided by, where the file does not say'),
    lossLength: lossLength.optional().describe('N_max of its training data, where the file does not say'),
    half: flag().describe('matrices as float16: half the size, as models are shipped'),
  }),

  async run({ options, ...surroundings }) {
    const { file, out, half } = options;
    const model = isMagentaJs(file)
      ? told(await loadModel(file, surroundings), options)
      : await tensorFlowModel(file, options);
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

/** A model with what the command line says of it. */
function told(model: Model, { class: name, scaleFactor: scale, lossLength: length }: Told): Model {
  return {
    ...model,
    ...(name !== undefined && { classes: [name] }),
    ...(scale !== undefined && { scaleFactor: scale }),
    ...(length !== undefined && { lossLength: length }),
  };
}

async function tensorFlowModel(path: string, given: Told): Promise<Model> {
  const { tensors, metadata } = readSafetensors(await readInput(path), path);
  if (metadata['format'] === 'sketch-rnn') {
    throw new UsageError(`${path}: expected weights from elsewhere, got a model file - it can be used as it is`);
  }
  return {
    ...fromTensorFlow(tensors, path),
    classes: [needed(given.class, 'class', 'what the model draws')],
    scaleFactor: needed(given.scaleFactor, 'scale-factor', 'the number its offsets were divided by'),
    lossLength: needed(given.lossLength, 'loss-length', 'N_max of its training data'),
    temperatureForm: 'paper',
  };
}

function needed<T>(value: T | undefined, name: string, what: string): T {
  if (value !== undefined) return value;
  throw new UsageError(`--${name}: expected ${what}, got nothing - TensorFlow's variables do not say it`);
}
