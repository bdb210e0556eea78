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
import * as z from 'zod/mini';

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
  name: z.string().check(z.minLength(1), z.maxLength(500)),
  /** 2 or gen: a decoder; else with its encoder. */
  mode: z.union([z.literal([0, 1, 2]), z.literal(['gen', 'vae'])]),
  scale_factor: z.number().check(z.gt(0)),
  /** N_max of the training data. */
  max_seq_len: z.int().check(z.gte(1)),
  training_steps: z.exactOptional(z.int().check(z.gte(0))),
  r_loss: z.exactOptional(z.number()),
  kl_loss: z.exactOptional(z.number()),
});

export type PlayerInfo = z.infer<typeof info>;

const shape = z.array(z.int().check(z.gte(0))).check(z.maxLength(2));

/** Info, shapes, weights. */
export const playerFile = z.tuple([info, z.array(shape), z.array(z.string())]);
