import { type Model, oneClass, writeMagentaJs, writeModel } from '@sketch-rnn/core';
import { DataError } from '@sketch-rnn/data';
import { z } from 'zod';
import { UsageError } from '../errors.ts';
import { readInput } from '../input.ts';
import { loadModel } from '../model-file.ts';
import { choice, className, inputPath, modelPath, outputPath } from '../options.ts';
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
    'sketch-rnn export zoo.safetensors --to safetensors --class owl --out owl.safetensors',
    'sketch-rnn export zoo.safetensors --to safetensors --quality zoo.json --out models/zoo.safetensors',
    'sketch-rnn export owl.safetensors --to magenta-json --out owl.gen.json',
  ],
  positional: 'model',
  options: z.object({
    model: modelPath,
    to: choice(['safetensors', 'magenta-json']).describe('the form'),
    class: className.optional().describe('the model of this class alone, which need not be named when it draws'),
    source: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .describe('what it was trained on, for people to read, where files could not say')
      .meta({ placeholder: 'NAME' }),
    licence: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .describe('of those drawings, where files could not say')
      .meta({ placeholder: 'NAME' }),
    quality: inputPath
      .optional()
      .describe('what "quality" found (.json): the classes that are drawn badly are marked in a .safetensors'),
    out: outputPath('safetensors', 'json', 'js').describe('the file; .js makes it a script'),
  }),

  async run({ options, ...surroundings }) {
    const { out, to } = options;
    const ending = endingOf(out);
    if ((to === 'safetensors') !== (ending === '.safetensors')) {
      throw new UsageError(`--out: expected a file that ends in ${ENDINGS[to]}, got ${out} - or choose another --to`);
    }
    const loaded = await loadModel(options.model, surroundings);
    const told = { ...loaded, ...dataOf(loaded, options) };
    const judged = options.quality === undefined ? told : { ...told, weak: await weakClasses(options.quality) };
    const model = options.class === undefined ? judged : oneClass(judged, options.class);
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

/** What it was trained on, with what is told of that here. */
function dataOf(
  { data }: Pick<Model, 'data'>,
  { source, licence }: { readonly source?: string | undefined; readonly licence?: string | undefined },
): Pick<Model, 'data'> {
  if (source === undefined && licence === undefined) return {};
  const name = source ?? data?.name;
  const terms = licence ?? data?.licence;
  if (name === undefined || terms === undefined) {
    throw new UsageError('--source: expected it with --licence, got one of them - the model says neither');
  }
  return { data: { name, licence: terms } };
}

const findings = z.object({ weak: z.object({ classes: z.array(z.string()) }) });

/** The weak classes of a quality report. */
async function weakClasses(path: string): Promise<string[]> {
  const text = new TextDecoder().decode(await readInput(path));
  const { success, data } = findings.safeParse(parsed(text));
  if (!success) {
    throw new DataError(
      `${path}: expected the .json of a quality report that says which classes are weak, got another file - run "quality" with --recogniser`,
    );
  }
  return data.weak.classes;
}

/** Undefined where it is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
