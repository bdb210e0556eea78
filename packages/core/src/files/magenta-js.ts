/** Models of Magenta's players, read; `magenta-js-form.ts` has the form. */
import { strFromU8 } from 'fflate';
import type * as z from 'zod/mini';
import { check } from '../check.ts';
import { type ModelConfig, modelConfigOf, presets } from '../config.ts';
import { ModelError } from '../error.ts';
import type { Shape } from '../parameters.ts';
import { PLAYER_MIXTURES, playerFile, type PlayerInfo, storedOrder } from './magenta-js-form.ts';
import { decodeWeights } from './magenta-js-weights.ts';
import type { Model } from './model.ts';
import type { StoredTensor } from './safetensors.ts';
import { checkStoredConfig } from './stored-config.ts';
import { parametersFrom } from './stored-parameters.ts';

/**
 * A model from Magenta's `.gen.json`, `.vae.json`, `.gen.js` or `.vae.js`.
 *
 * @param where names the file in errors
 * @throws ModelError where the file is not of that form or a weight does not fit
 */
export function readMagentaJs(bytes: Uint8Array, where: string): Model {
  const [info, shapes, weights] = parse(strFromU8(bytes), where);
  const conditional = info.mode !== 2 && info.mode !== 'gen';
  const names = storedOrder(conditional);
  if (shapes.length !== names.length || weights.length !== names.length) {
    throw new ModelError(
      `${where}: expected ${names.length} shapes and weights for mode ${info.mode}, got ${shapes.length} and ${weights.length} - ` +
        'the file is damaged: download it again',
    );
  }
  const config = inferConfig({ conditional, names, shapes, where });
  const tensors = names.map((name, i): [string, StoredTensor] => {
    const shape = shapes[i] as Shape;
    return [name, { shape, values: decodeWeights(weights[i] as string, shape, `${where}: weights ${i} (${name})`) }];
  });
  return {
    config,
    parameters: parametersFrom({ config, tensors: Object.fromEntries(tensors), where }),
    scaleFactor: info.scale_factor,
    lossLength: info.max_seq_len,
    classes: [info.name],
    temperatureForm: 'sketch-rnn-js',
    ...progressOf(info),
  };
}

function parse(text: string, where: string): z.infer<typeof playerFile> {
  const [, quoted] = /^\s*var\s+\w+\s*=\s*'(.*)'\s*;?\s*$/s.exec(text) ?? [];
  let value: unknown;
  try {
    value = JSON.parse(quoted?.replace(/\\([\\'])/g, '$1') ?? text);
  } catch (cause) {
    throw new ModelError(
      `${where}: expected JSON, or a script around it, got "${text.slice(0, 20)}..." - is it cut short? Download it again`,
      { cause },
    );
  }
  const result = check(playerFile, value);
  if ('data' in result) return result.data;
  const { path, message } = result.issue;
  const [part, ...rest] = path;
  const place = part === undefined ? [] : [['info', 'shapes', 'weights'][Number(part)], ...rest];
  throw new ModelError(`${where}: ${[...place, message].join(': ')} - is this a model of sketch_rnn.js?`);
}

interface Stored {
  readonly conditional: boolean;
  readonly names: readonly string[];
  readonly shapes: readonly Shape[];
  readonly where: string;
}

/** The sizes some shapes show; whether all agree is seen afterwards. */
function inferConfig({ conditional, names, shapes, where }: Stored): ModelConfig {
  const rowsOf = (name: string): number | undefined => shapes[names.indexOf(name)]?.[0];
  const config = {
    ...modelConfigOf(presets.magenta, 1),
    conditional,
    decoderCell: 'lstm',
    decoderSize: rowsOf('decoder.hiddenWeights'),
    mixtures: PLAYER_MIXTURES,
    ...(conditional && {
      encoderCell: 'lstm',
      encoderSize: rowsOf('encoder.forward.hiddenWeights'),
      latentSize: rowsOf('latent.mean.bias'),
    }),
  };
  return checkStoredConfig(config, where);
}

function progressOf(info: PlayerInfo): Pick<Model, 'step' | 'metrics'> {
  const { training_steps: step, r_loss: reconstruction, kl_loss: kl } = info;
  const metrics = {
    ...(reconstruction !== undefined && { reconstruction }),
    ...(kl !== undefined && { kl }),
  };
  return { ...(step !== undefined && { step }), ...(Object.keys(metrics).length > 0 && { metrics }) };
}
