import { type ModelConfig, ModelError } from '@sketch-rnn/core';
import type { Block } from '../native/memory.ts';
import type { TensorFlow } from '../native/tensorflow.ts';
import type { LayerGradients } from './layer-backward.ts';

/** What every part of a step works with. */
export interface Model {
  readonly tf: TensorFlow;
  readonly config: ModelConfig;
  /** The value of a variable (`layout.ts`). */
  readonly weight: (variable: string) => Block;
}

/** Gradients by variable. */
export type Gradients = Readonly<Record<string, Block>>;

/** Gradients of a layer by variable. */
export function layerGradients(name: string, { weights, own }: LayerGradients): Gradients {
  const named = Object.entries(own).map(([part, gradient]): [string, Block] => [`${name}.${part}`, gradient]);
  return { [`${name}.weights`]: weights, ...Object.fromEntries(named) };
}

/** A model of these weights by variable. */
export function modelOf({ tf, config }: Pick<Model, 'tf' | 'config'>, weights: Gradients): Model {
  return {
    tf,
    config,
    weight(name) {
      const found = weights[name];
      if (!found)
        throw new ModelError(`weights.${name}: expected a variable, got none - does the config fit the weights?`);
      return found;
    },
  };
}
