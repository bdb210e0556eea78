/** Models for Magenta's players; `magenta-js-form.ts` has the form. */
import { strToU8 } from 'fflate';
import type { ModelConfig } from '../config.ts';
import { ModelError } from '../error.ts';
import { checkMagentaCondition } from './magenta-condition.ts';
import { PLAYER_MIXTURES, type PlayerInfo, storedOrder } from './magenta-js-form.ts';
import { encodeWeights, LARGEST_WEIGHT, WEIGHT_STEP } from './magenta-js-weights.ts';
import type { Model } from './model.ts';
import type { StoredTensor } from './safetensors.ts';
import { tensorsOf } from './stored-parameters.ts';

/** A file for the players. */
export interface MagentaJsFile {
  readonly bytes: Uint8Array;
  /** What the file does not hold or the players do otherwise, a sentence each. */
  readonly losses: readonly string[];
}

/**
 * Magenta's file of a model: the inverse of `readMagentaJs`, up to `losses`.
 *
 * @param options `script`: as a `.gen.js` or `.vae.js`
 * @throws ModelError where the players could not run it: other cells, mixtures, classes, latent dropout
 */
export function writeMagentaJs(model: Model, { script = false }: { readonly script?: boolean } = {}): MagentaJsFile {
  const { config, parameters } = model;
  checkPlayable(config);
  const byName = tensorsOf(config, parameters);
  const names = storedOrder(config.conditional);
  const tensors = names.map((name) => byName[name] as StoredTensor);
  const shapes = tensors.map(({ shape }) => shape);
  const weights = tensors.map(({ values }, i) => encodeWeights(values, `parameter ${names[i]}`));
  const text = JSON.stringify([infoOf(model), shapes, weights]);
  return {
    bytes: strToU8(script ? `var model_raw_data='${text.replace(/[\\']/g, '\\$&')}';` : text),
    losses: lossesOf(model),
  };
}

function infoOf({ config, classes, lossLength, scaleFactor, step, metrics = {} }: Model): PlayerInfo {
  const { reconstruction, kl } = metrics;
  return {
    name: classes[0] as string,
    // Of the published models.
    version: 6,
    mode: config.conditional ? 1 : 2,
    max_seq_len: lossLength,
    scale_factor: scaleFactor,
    ...(step !== undefined && { training_steps: step }),
    ...(reconstruction !== undefined && { r_loss: reconstruction }),
    ...(kl !== undefined && { kl_loss: kl }),
  };
}

function checkPlayable(config: ModelConfig): void {
  const form = 'Magenta-JS file';
  checkMagentaCondition(config, form);
  const cells = config.conditional ? (['encoderCell', 'decoderCell'] as const) : (['decoderCell'] as const);
  for (const field of cells) {
    if (config[field] !== 'lstm') {
      throw new ModelError(`${form}: ${field}: expected lstm, got ${config[field]} - train with --set ${field}=lstm`);
    }
  }
  if (config.mixtures !== PLAYER_MIXTURES) {
    throw new ModelError(
      `${form}: mixtures: expected ${PLAYER_MIXTURES}, got ${config.mixtures} - train with --set mixtures=${PLAYER_MIXTURES}`,
    );
  }
}

function lossesOf({ parameters, temperatureForm, data, revision, metrics = {} }: Model): string[] {
  const losses = [
    `weights are rounded to multiples of ${WEIGHT_STEP.toPrecision(3)}`,
    'the players begin a sketch with a row of zeros, not with the start row of the training: first offsets differ',
  ];
  for (const [name, values] of Object.entries(parameters)) {
    const clipped = values.filter((value) => Math.abs(value) > LARGEST_WEIGHT).length;
    if (clipped > 0) losses.push(`${name}: ${clipped} of ${values.length} weights are clipped to +-${LARGEST_WEIGHT}`);
  }
  if (temperatureForm !== 'sketch-rnn-js') {
    losses.push(
      `the players have a temperature of their own: the same number draws differently than ${temperatureForm}`,
    );
  }
  if (data) losses.push('the data and their licence are not named');
  if (revision !== undefined) losses.push('the revision is not named');
  const dropped = Object.keys(metrics).filter((metric) => metric !== 'reconstruction' && metric !== 'kl');
  if (dropped.length > 0) losses.push(`metrics are left out: ${dropped.join(', ')}`);
  return losses;
}
