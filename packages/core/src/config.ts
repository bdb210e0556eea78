import { distance } from 'fastest-levenshtein';
import * as z from 'zod/mini';
import { check } from './check.ts';
import { ModelError } from './error.ts';

/** Recurrent cells: Magenta's `lstm`, `layer_norm`, `hyper` (`cells/*.ts` have the formulas). */
export type Cell = 'lstm' | 'layer_norm' | 'hyper';

const cell = z.enum(['lstm', 'layer_norm', 'hyper']);
const size = z.int().check(z.gte(1), z.lte(8192));
const probability = z.number().check(z.gte(0), z.lt(1));
const rate = z.number().check(z.gt(0), z.lte(1));

/** What fixes the shapes and the formulas of a model: saved with its weights. */
export const modelFields = {
  /** A latent vector from an encoder; false: a decoder on its own (Ha & Eck 2017, section 3.4). */
  conditional: z.boolean(),
  encoderCell: cell,
  /** Units of each of the encoder's two directions. */
  encoderSize: size,
  decoderCell: cell,
  decoderSize: size,
  /** Width of z. */
  latentSize: size,
  /** Gaussians a mixture (M). */
  mixtures: z.int().check(z.gte(1), z.lte(100)),
  /** Units of a hyper cell's inner cell (Ha et al. 2016, section 3.2). */
  hyperSize: size,
  /** Width of a hyper cell's embedding. */
  hyperEmbedding: size,
  /** Width of the class vector; there is one where the data has more than one class. */
  classEmbedding: size,
  /** Probability that a sketch is trained without z; above 0 the condition carries a flag that says so. */
  latentDropout: probability,
} as const;

/** How a model is trained. Every dropout is the probability of dropping (Magenta's are of keeping). */
export const trainingFields = {
  batchSize: z.int().check(z.gte(1), z.lte(100_000)),
  /** Of tanh(j) in every cell, a fresh mask every step (Semeniuta et al. 2016). */
  recurrentDropout: probability,
  /** Of the decoder's inputs. */
  inputDropout: probability,
  /** Of the decoder's outputs. */
  outputDropout: probability,
  learningRate: rate,
  /** The learning rate falls by this factor a step, towards `minLearningRate`. */
  learningRateDecay: rate,
  minLearningRate: z.number().check(z.gte(0), z.lte(1)),
  /** Each element of each gradient is clipped to +- this. */
  gradientClip: z.number().check(z.gt(0)),
  /**
   * The model that is judged and kept has the average of its weights over about the last so many steps, which does at once what
   * a falling learning rate does in time; 0: the weights as they are.
   */
  averagedSteps: z.int().check(z.gte(0), z.lte(1_000_000)),
  /** Weight of KL in the end (w_KL; Ha & Eck 2017, eq. 11). */
  klWeight: z.number().check(z.gte(0)),
  /** Weight of KL at the first step. */
  klWeightStart: z.number().check(z.gte(0)),
  /** The distance to `klWeight` falls by this factor a step (R; eq. 12). */
  klDecay: rate,
  /** KL below this floor is not pressed further (KL_min; eq. 12), as a mean over z. */
  klTolerance: z.number().check(z.gte(0)),
  /** x and y are each stretched by a factor in 1 +- this. */
  scaleAugmentation: probability,
  /** Probability that a point inside a stroke is left out. */
  pointDropping: probability,
  /** Drawings are turned by an angle uniform in +- this, degrees. */
  turning: z.number().check(z.gte(0), z.lte(180)),
  /** Noise uniform in +- this on every offset, in the drawing's own units; 0.5 makes whole numbers a density. */
  jitter: z.number().check(z.gte(0), z.lte(100)),
  /** Classes are drawn in proportion to (drawings in the class) to this power: 1 as they are, 0 all alike. */
  classBalance: z.number().check(z.gte(0), z.lte(1)),
  /**
   * A batch is one of this many of like length, made by sorting as many batches of drawings drawn at random; 1: not sorted,
   * as Magenta's. Less is left running while the longest drawings end, and gradients vary more from step to step.
   */
  lengthWindow: z.int().check(z.gte(1), z.lte(1000)),
  /**
   * `log`: the rows of the sketches and one end row each, log-sum-exp. `reference`: Magenta's own loss, for its very curves:
   * every sketch filled up with end rows to N_max, log(sum + 1e-6); two to three times the rows.
   */
  loss: z.enum(['log', 'reference']),
  /** Longer drawings are left out (N_max). */
  maxLength: z.int().check(z.gte(2), z.lte(10_000)),
} as const;

const schema = z.strictObject({ ...modelFields, ...trainingFields });

/** Everything that can be set, flat: `--set field=value`. */
export type Config = Readonly<z.infer<typeof schema>>;

/** The part of a `Config` that is saved with the weights, and how many classes there are. */
export type ModelConfig = Readonly<Pick<Config, keyof typeof modelFields>> & { readonly classes: number };

export type TrainingConfig = Readonly<Pick<Config, keyof typeof trainingFields>>;

/** Magenta's defaults (commit 526d3eb, `get_default_hparams`); dropout as 1 - keep. */
const magenta: Config = {
  conditional: true,
  encoderCell: 'lstm',
  encoderSize: 256,
  decoderCell: 'lstm',
  decoderSize: 512,
  latentSize: 128,
  mixtures: 20,
  hyperSize: 256,
  hyperEmbedding: 32,
  classEmbedding: 32,
  latentDropout: 0,
  batchSize: 100,
  recurrentDropout: 0.1,
  inputDropout: 0,
  outputDropout: 0,
  learningRate: 1e-3,
  learningRateDecay: 0.9999,
  minLearningRate: 1e-5,
  gradientClip: 1,
  averagedSteps: 0,
  klWeight: 0.5,
  klWeightStart: 0.01,
  klDecay: 0.99995,
  klTolerance: 0.2,
  scaleAugmentation: 0.15,
  pointDropping: 0.1,
  turning: 0,
  jitter: 0,
  classBalance: 1,
  lengthWindow: 1,
  loss: 'log',
  maxLength: 250,
};

/** What makes a run of thousands of steps go well, where Magenta's has millions. */
const quick = {
  // Early on it is steps that count: twice as many in the same time.
  batchSize: 50,
  learningRate: 2e-3,
  // Annealed after three thousand steps.
  klDecay: 0.999,
  // Batches of like length take half the time.
  lengthWindow: 8,
} as const;

/** Starting points for a `Config`; each is complete. */
export const presets = {
  /** For tests: trains in seconds and draws badly. */
  tiny: {
    ...magenta,
    encoderSize: 16,
    decoderSize: 24,
    latentSize: 8,
    mixtures: 5,
    hyperSize: 12,
    hyperEmbedding: 4,
    classEmbedding: 4,
    batchSize: 16,
  },
  /** For a CPU: a class of Quick, Draw! in minutes. */
  small: { ...magenta, ...quick, encoderSize: 128, decoderSize: 256, latentSize: 64 },
  magenta,
  /** The paper's own (Ha & Eck 2017, section 3.3 and appendix). */
  paper: {
    ...magenta,
    encoderSize: 512,
    encoderCell: 'layer_norm',
    decoderCell: 'hyper',
    decoderSize: 2048,
    learningRate: 1e-4,
    klDecay: 0.99999,
    scaleAugmentation: 0.1,
  },
  /** Every class of a large data set in one model that both completes (without z) and reconstructs (with z). */
  catalogue: {
    ...magenta,
    lengthWindow: 8,
    // Half of the sketches: it draws without z as often as with.
    latentDropout: 0.5,
    // Measured after 5,000 steps: 0.03 nats a point better at no cost.
    averagedSteps: 1000,
    classBalance: 0.5,
    classEmbedding: 64,
    // Half a unit: without it likelihood is won by needles on whole numbers, and samples are full of tiny steps.
    jitter: 0.5,
  },
  /** A class of few drawings, beside related ones, from a model that knows them (`train --from`): some hundred steps. */
  tuned: {
    ...magenta,
    learningRate: 3e-4,
    // A third after five hundred steps: few drawings are soon known by heart.
    learningRateDecay: 0.998,
    // KL is settled.
    klWeightStart: magenta.klWeight,
    lengthWindow: 8,
    averagedSteps: 200,
    // As many of the few as of each other class.
    classBalance: 0,
    // More than the catalogue's, as the same drawings come again and again.
    jitter: 0.7,
    turning: 8,
  },
} as const satisfies Record<string, Config>;

export type PresetName = keyof typeof presets;

/**
 * A whole, checked `Config`: a preset with fields replaced.
 *
 * @throws ModelError that names the field, what came, what is allowed and the nearest name
 */
export function configFrom(preset: PresetName, changes: Readonly<Record<string, unknown>> = {}): Config {
  return checkConfig({ ...presets[preset], ...changes });
}

/** Checks a whole `Config` from outside. */
export function checkConfig(value: unknown): Config {
  return checked(schema, value);
}

/** Checks the `ModelConfig` of a model file. */
export function checkModelConfig(value: unknown): ModelConfig {
  return checked(z.strictObject({ ...modelFields, classes: z.int().check(z.gte(1), z.lte(100_000)) }), value);
}

/** The part of a config that belongs to the weights. */
export function modelConfigOf(config: Config, classes: number): ModelConfig {
  const fields = Object.keys(modelFields) as (keyof typeof modelFields)[];
  return { ...(Object.fromEntries(fields.map((field) => [field, config[field]])) as ModelConfig), classes };
}

function checked<T extends z.ZodMiniObject>(fields: T, value: unknown): z.infer<T> {
  const result = check(fields, value);
  if ('data' in result) return result.data;
  const { issue } = result;
  if (issue.code === 'unrecognized_keys') {
    const [unknown = ''] = issue.keys;
    throw new ModelError(`config: unknown field "${unknown}" - ${nearest(unknown, Object.keys(fields.shape))}`);
  }
  const field = issue.path.join('.');
  const got = JSON.stringify((value as Record<string, unknown> | undefined)?.[field]);
  throw new ModelError(`config${field && `.${field}`}: ${issue.message}, got ${got ?? 'nothing'}`);
}

/** A remedy for a name that is not in a list: the closest one, or all. */
export function nearest(name: string, names: readonly string[]): string {
  const ranked = names
    .map((candidate) => ({ candidate, away: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .toSorted((a, b) => a.away - b.away);
  const best = ranked[0];
  if (best && best.away <= Math.max(2, name.length / 3)) return `did you mean "${best.candidate}"?`;
  const shown = names.slice(0, 40).join(', ');
  return `known: ${shown}${names.length > 40 ? `, and ${names.length - 40} more` : ''}`;
}
