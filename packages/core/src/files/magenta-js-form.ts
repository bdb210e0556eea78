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
import { z } from 'zod';

/** Gaussians a mixture: the players know no other number. */
export const PLAYER_MIXTURES = 20;

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

/** The parameters of such a model in the order of the file, which does not name them. */
export function storedOrder(conditional: boolean): readonly string[] {
  return conditional ? [...ENCODER, ...DECODER] : DECODER;
}

const info = z.looseObject({
  name: z.string().min(1).max(500),
  /** 2 or gen: a decoder; else with its encoder. */
  mode: z.union([z.literal([0, 1, 2]), z.literal(['gen', 'vae'])]),
  scale_factor: z.number().gt(0),
  /** N_max of the training data. */
  max_seq_len: z.int().min(1),
  training_steps: z.int().min(0).exactOptional(),
  r_loss: z.number().exactOptional(),
  kl_loss: z.number().exactOptional(),
});

export type PlayerInfo = z.infer<typeof info>;

/** Info, shapes, weights. */
export const playerFile = z.tuple([info, z.array(z.array(z.int().min(0)).max(2)), z.array(z.string())]);
