import type { Cell, ModelConfig } from './config.ts';

/** The weights of a model: name -> values, row-major, shapes by `parameterShapes`. Matrices are [in, out], y = x W + b. */
export type Parameters = Readonly<Record<string, Float32Array>>;

export type Shape = readonly number[];

/** How a parameter starts; sources in `initialise.ts`. */
export type Initialiser =
  | 'zeros'
  | 'ones'
  | 'glorot'
  /** Orthogonal, each gate's block on its own. */
  | 'orthogonal'
  /** Normal with this standard deviation. */
  | { readonly normal: number }
  | { readonly constant: number };

export interface ParameterSpec {
  readonly shape: Shape;
  readonly initialiser: Initialiser;
}

/** Gates in the order of their column blocks: input, candidate, forget, output. */
export const GATES = ['i', 'j', 'f', 'o'] as const;

/** Numbers the decoder puts out a row: 3 pen logits and M mixtures of 6 (pi, mu x, mu y, sigma x, sigma y, rho). */
export function outputSize(config: Pick<ModelConfig, 'mixtures'>): number {
  return 3 + 6 * config.mixtures;
}

/** Width of the condition `[z | hasLatent | class embedding]`. */
export function conditionSize(config: ModelConfig): number {
  const latent = config.conditional ? config.latentSize : 0;
  return latent + (hasLatentFlag(config) ? 1 : 0) + (config.classes > 1 ? config.classEmbedding : 0);
}

/** Whether the condition carries the flag that says if z is there. */
export function hasLatentFlag(config: ModelConfig): boolean {
  return config.conditional && config.latentDropout > 0;
}

/** Numbers in a cell's state: c and h, for hyper also those of the inner cell. */
export function stateSize(cell: Cell, size: number, hyperSize: number): number {
  return cell === 'hyper' ? 2 * (size + hyperSize) : 2 * size;
}

/**
 * Name, shape and start of every parameter, in a fixed order.
 *
 * States are packed as Magenta packs them: lstm [c | h], layer_norm [h | c], hyper [h | inner h | c | inner c].
 */
export function parameterSpecs(config: ModelConfig): Readonly<Record<string, ParameterSpec>> {
  const { latentSize, decoderSize, hyperSize, hyperEmbedding } = config;
  const hyper = { hyperSize, hyperEmbedding };
  const condition = conditionSize(config);
  const specs: Record<string, ParameterSpec> = {};
  if (config.conditional) {
    for (const direction of ['forward', 'backward']) {
      Object.assign(
        specs,
        cellSpecs(`encoder.${direction}`, {
          cell: config.encoderCell,
          inputs: 5,
          size: config.encoderSize,
          ...hyper,
        }),
      );
    }
    for (const head of ['mean', 'logVariance']) {
      specs[`latent.${head}.weights`] = { shape: [2 * config.encoderSize, latentSize], initialiser: { normal: 0.001 } };
      specs[`latent.${head}.bias`] = { shape: [latentSize], initialiser: 'zeros' };
    }
  }
  if (config.classes > 1) {
    specs['class.embedding'] = { shape: [config.classes, config.classEmbedding], initialiser: { normal: 0.1 } };
  }
  if (condition > 0) {
    const state = stateSize(config.decoderCell, decoderSize, hyperSize);
    specs['decoder.initial.weights'] = { shape: [condition, state], initialiser: { normal: 0.001 } };
    specs['decoder.initial.bias'] = { shape: [state], initialiser: 'zeros' };
  }
  Object.assign(
    specs,
    cellSpecs('decoder', { cell: config.decoderCell, inputs: 5 + condition, size: decoderSize, ...hyper }),
  );
  specs['output.weights'] = { shape: [decoderSize, outputSize(config)], initialiser: 'glorot' };
  // Magenta leaves it to TensorFlow's default, which for a vector is this as well.
  specs['output.bias'] = { shape: [outputSize(config)], initialiser: 'glorot' };
  return specs;
}

/** A cell of `size` units over `inputs` numbers. */
interface CellShape extends Pick<ModelConfig, 'hyperSize' | 'hyperEmbedding'> {
  readonly cell: Cell;
  readonly inputs: number;
  readonly size: number;
}

/** Parameters of one cell, their names after `name`. */
function cellSpecs(
  name: string,
  { cell, inputs, size, hyperSize, hyperEmbedding }: CellShape,
): Record<string, ParameterSpec> {
  const specs: Record<string, ParameterSpec> = {
    [`${name}.inputWeights`]: { shape: [inputs, 4 * size], initialiser: 'glorot' },
    [`${name}.hiddenWeights`]: { shape: [size, 4 * size], initialiser: 'orthogonal' },
  };
  if (cell !== 'layer_norm') specs[`${name}.bias`] = { shape: [4 * size], initialiser: 'zeros' };
  if (cell !== 'lstm') {
    specs[`${name}.gates.gamma`] = { shape: [4 * size], initialiser: 'ones' };
    specs[`${name}.gates.beta`] = { shape: [4 * size], initialiser: 'zeros' };
    specs[`${name}.cell.gamma`] = { shape: [size], initialiser: 'ones' };
    specs[`${name}.cell.beta`] = { shape: [size], initialiser: 'zeros' };
  }
  if (cell === 'hyper') {
    Object.assign(
      specs,
      cellSpecs(`${name}.inner`, {
        cell: 'layer_norm',
        inputs: inputs + size,
        size: hyperSize,
        hyperSize,
        hyperEmbedding,
      }),
    );
    for (const gate of GATES) {
      for (const part of ['x', 'h']) {
        const hyper = `${name}.hyper.${gate}${part}`;
        specs[`${hyper}.embedding.weights`] = { shape: [hyperSize, hyperEmbedding], initialiser: 'zeros' };
        specs[`${hyper}.embedding.bias`] = { shape: [hyperEmbedding], initialiser: 'ones' };
        specs[`${hyper}.scale`] = { shape: [hyperEmbedding, size], initialiser: { constant: 0.1 / hyperEmbedding } };
      }
      const hyper = `${name}.hyper.${gate}h`;
      specs[`${hyper}.shiftEmbedding`] = { shape: [hyperSize, hyperEmbedding], initialiser: { normal: 0.01 } };
      specs[`${hyper}.shift`] = { shape: [hyperEmbedding, size], initialiser: 'zeros' };
    }
  }
  return specs;
}
