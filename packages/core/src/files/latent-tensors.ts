/** What the latent vectors of each class are like, beside the weights in a model's file. */
import type { ModelConfig } from '../config.ts';
import { ModelError } from '../error.ts';
import type { StoredTensor } from './safetensors.ts';

/** Mean and standard deviation of the latent vectors of the drawings of each class, `[classes, Z]` each. */
export interface ClassLatents {
  readonly mean: Float32Array;
  readonly deviation: Float32Array;
}

const MEAN = 'class.latents.mean';
const DEVIATION = 'class.latents.deviation';

/** Tells them from the weights. */
export function splitLatents<T>(tensors: Readonly<Record<string, T>>): {
  readonly mean: T | undefined;
  readonly deviation: T | undefined;
  readonly others: Readonly<Record<string, T>>;
} {
  const { [MEAN]: mean, [DEVIATION]: deviation, ...others } = tensors;
  return { mean, deviation, others };
}

/** @throws ModelError where they are not of the model's sizes */
export function latentTensors(latents: ClassLatents, config: ModelConfig): Readonly<Record<string, StoredTensor>> {
  const shape = [config.classes, config.latentSize];
  const tensors = { mean: { shape, values: latents.mean }, deviation: { shape, values: latents.deviation } };
  checkedLatents(tensors, config, 'model');
  return { [MEAN]: tensors.mean, [DEVIATION]: tensors.deviation };
}

/** @throws ModelError where one is missing, or of another size than the model's */
export function checkedLatents(
  { mean, deviation }: { readonly mean: StoredTensor | undefined; readonly deviation: StoredTensor | undefined },
  { classes, latentSize, conditional }: ModelConfig,
  where: string,
): ClassLatents {
  const count = classes * latentSize;
  if (!conditional || mean?.values.length !== count || deviation?.values.length !== count) {
    throw new ModelError(
      `${where}: class.latents: expected mean and deviation of [${classes}, ${latentSize}] of a model with an encoder, got others - the file was damaged or edited: take the original`,
    );
  }
  return { mean: mean.values, deviation: deviation.values };
}
