/**
 * Model files of Magenta's players in the browser (`sketch_rnn.js` and `@magenta/sketch`): `.gen.json` a decoder,
 * `.vae.json` with its encoder, `.gen.js` and `.vae.js` the same as a script.
 *
 * Three JSON values: info, shapes, and weights as base64 of int16, 32767 standing for 10. Cells are plain LSTMs, mixtures
 * have 20 components. Gates, state and the decoder's input `[stroke-5 | z]` are ordered as ours.
 *
 * `scale_factor` is our scale factor. The players divide it by a `pixel_factor` of theirs (2 unless set), which only says
 * how large a model unit is drawn on their screen: nothing of a model, so it is not kept.
 */
import { strFromU8, strToU8 } from 'fflate';
import { z } from 'zod';
import { type ModelConfig, modelConfigOf, presets } from '../config.ts';
import { ModelError } from '../error.ts';
import { parameterSpecs, type Shape } from '../parameters.ts';
import { checkMagentaCondition } from './magenta-condition.ts';
import { decodeWeights, encodeWeights, LARGEST_WEIGHT, WEIGHT_STEP } from './magenta-js-weights.ts';
import type { Model } from './model.ts';
import { checkStoredConfig } from './stored-config.ts';
import { checkShape } from './stored-parameters.ts';

const MIXTURES = 20;

const DECODER = ['output.weights', 'output.bias', ...cellNames('decoder')];

const ENCODER = [
  ...cellNames('encoder.forward'),
  ...cellNames('encoder.backward'),
  'latent.mean.weights',
  'latent.mean.bias',
  'latent.logVariance.weights',
  'latent.logVariance.bias',
  'decoder.initial.weights',
  'decoder.initial.bias',
];

function cellNames(cell: string): string[] {
  return ['inputWeights', 'hiddenWeights', 'bias'].map((part) => `${cell}.${part}`);
}

const infoSchema = z.looseObject({
  name: z.string().min(1).max(500),
  mode: z.union([z.literal([0, 1, 2]), z.literal(['gen', 'vae'])]),
  scale_factor: z.number().gt(0),
  max_seq_len: z.int().min(1),
  training_steps: z.int().min(0).optional(),
  r_loss: z.number().optional(),
  kl_loss: z.number().optional(),
});

const fileSchema = z.tuple([infoSchema, z.array(z.array(z.int().min(0)).max(2)), z.array(z.string())]);

type Info = z.infer<typeof infoSchema>;

/**
 * A model from Magenta's `.gen.json`, `.vae.json`, `.gen.js` or `.vae.js`.
 *
 * @param where names the file in errors
 * @throws ModelError where the file is not of that form or a weight does not fit
 */
export function readMagentaJs(bytes: Uint8Array, where: string): Model {
  const [info, shapes, blobs] = parse(strFromU8(bytes), where);
  const conditional = info.mode !== 2 && info.mode !== 'gen';
  const names = conditional ? [...ENCODER, ...DECODER] : DECODER;
  if (shapes.length !== names.length || blobs.length !== names.length) {
    throw new ModelError(
      `${where}: expected ${names.length} shapes and weights for mode ${info.mode}, got ${shapes.length} and ${blobs.length} - ` +
        'the file is damaged: download it again',
    );
  }
  const config = configOf(names, shapes, where);
  const specs = parameterSpecs(config);
  const parameters = new Map<string, Float32Array>();
  for (const [i, name] of names.entries()) {
    const place = `${where}: weights ${i} (${name})`;
    checkShape(shapes[i], (specs[name] as { shape: Shape }).shape, place);
    parameters.set(name, decodeWeights(blobs[i] as string, shapes[i] as Shape, place));
  }
  return {
    config,
    parameters: Object.fromEntries(Object.keys(specs).map((name) => [name, parameters.get(name) as Float32Array])),
    scaleFactor: info.scale_factor,
    lossLength: info.max_seq_len,
    classes: [info.name],
    temperatureForm: 'sketch-rnn-js',
    ...progressOf(info),
  };
}

export interface MagentaJsFile {
  readonly bytes: Uint8Array;
  /** What the file does not hold, a sentence each. */
  readonly losses: readonly string[];
}

/**
 * Magenta's file of a model: the inverse of `readMagentaJs`, up to what `losses` says.
 *
 * @param options `script`: as a `.gen.js` or `.vae.js`
 * @throws ModelError where the players could not run it: other cells, mixtures, classes, latent dropout
 */
export function writeMagentaJs(model: Model, { script = false }: { readonly script?: boolean } = {}): MagentaJsFile {
  const { config, parameters } = model;
  checkConfig(config);
  const names = config.conditional ? [...ENCODER, ...DECODER] : DECODER;
  const specs = parameterSpecs(config);
  const { step, metrics: { reconstruction, kl } = {} } = model;
  const info: Info = {
    name: model.classes[0] as string,
    version: 6,
    mode: config.conditional ? 1 : 2,
    max_seq_len: model.lossLength,
    scale_factor: model.scaleFactor,
    ...(step !== undefined && { training_steps: step }),
    ...(reconstruction !== undefined && { r_loss: reconstruction }),
    ...(kl !== undefined && { kl_loss: kl }),
  };
  const shapes = names.map((name) => (specs[name] as { shape: Shape }).shape);
  const blobs = names.map((name) => encodeWeights(parameters[name] as Float32Array, name));
  const text = JSON.stringify([info, shapes, blobs]);
  return {
    bytes: strToU8(script ? `var model_raw_data='${text.replace(/[\\']/g, '\\$&')}';` : text),
    losses: lossesOf(model),
  };
}

function parse(text: string, where: string): z.infer<typeof fileSchema> {
  const [, quoted] = /^\s*var\s+\w+\s*=\s*'(.*)'\s*;?\s*$/s.exec(text) ?? [];
  let value: unknown;
  try {
    value = JSON.parse(quoted?.replace(/\\([\\'])/g, '$1') ?? text);
  } catch (cause) {
    throw new ModelError(`${where}: expected JSON or a script around it - the file is cut short: download it again`, {
      cause,
    });
  }
  const result = fileSchema.safeParse(value);
  if (result.success) return result.data;
  const { path, message } = result.error.issues[0] as z.core.$ZodIssue;
  const [part, ...rest] = path;
  const place = part === undefined ? [] : [['info', 'shapes', 'weights'][Number(part)], ...rest];
  throw new ModelError(`${where}: ${[...place, message].join(': ')} - is this a model of sketch_rnn.js?`);
}

/** The sizes the shapes show; whether all shapes agree is seen afterwards. */
function configOf(names: readonly string[], shapes: readonly Shape[], where: string): ModelConfig {
  const rowsOf = (name: string): number | undefined => shapes[names.indexOf(name)]?.[0];
  return checkStoredConfig(
    {
      ...modelConfigOf(presets.magenta, 1),
      decoderCell: 'lstm',
      decoderSize: rowsOf('decoder.hiddenWeights'),
      mixtures: MIXTURES,
      conditional: false,
      ...(names.includes('latent.mean.bias') && {
        conditional: true,
        encoderCell: 'lstm',
        encoderSize: rowsOf('encoder.forward.hiddenWeights'),
        latentSize: rowsOf('latent.mean.bias'),
      }),
    },
    where,
  );
}

function progressOf({
  training_steps: step,
  r_loss: reconstruction,
  kl_loss: kl,
}: Info): Pick<Model, 'step' | 'metrics'> {
  const metrics: Record<string, number> = {};
  if (reconstruction !== undefined) metrics['reconstruction'] = reconstruction;
  if (kl !== undefined) metrics['kl'] = kl;
  return { ...(step !== undefined && { step }), ...(Object.keys(metrics).length > 0 && { metrics }) };
}

function checkConfig(config: ModelConfig): void {
  const form = 'Magenta-JS file';
  checkMagentaCondition(config, form);
  const cells = config.conditional ? (['encoderCell', 'decoderCell'] as const) : (['decoderCell'] as const);
  for (const field of cells) {
    if (config[field] !== 'lstm') {
      throw new ModelError(`${form}: ${field}: expected lstm, got ${config[field]} - train with --set ${field}=lstm`);
    }
  }
  if (config.mixtures !== MIXTURES) {
    throw new ModelError(
      `${form}: mixtures: expected ${MIXTURES}, got ${config.mixtures} - train with --set mixtures=${MIXTURES}`,
    );
  }
}

function lossesOf({ parameters, temperatureForm, data, revision, metrics = {} }: Model): string[] {
  const losses = [`weights are rounded to multiples of ${WEIGHT_STEP.toPrecision(3)}`];
  for (const [name, values] of Object.entries(parameters)) {
    const clipped = values.filter((value) => Math.abs(value) > LARGEST_WEIGHT).length;
    if (clipped > 0) losses.push(`${name}: ${clipped} of ${values.length} weights are clipped to +-${LARGEST_WEIGHT}`);
  }
  if (temperatureForm !== 'sketch-rnn-js') {
    losses.push(
      `the players soften in a form of their own: temperatures of this model (${temperatureForm}) draw differently`,
    );
  }
  if (data) losses.push('the data and their licence are not named');
  if (revision !== undefined) losses.push('the revision is not named');
  const dropped = Object.keys(metrics).filter((metric) => metric !== 'reconstruction' && metric !== 'kl');
  if (dropped.length > 0) losses.push(`metrics are left out: ${dropped.join(', ')}`);
  return losses;
}
