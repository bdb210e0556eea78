import type { Engine, Model } from '@sketch-rnn/core';
import { scaleOffsets, type Stroke3 } from '@sketch-rnn/data';
import { UsageError } from './errors.ts';
import { posteriorOf } from './evaluation/posterior.ts';

/**
 * Mean of q(z | sketch) of each drawing: what the model takes it for, without chance.
 *
 * @param sketches stroke-3 in data units
 * @returns `[sketches, Z]`, in the order of the sketches
 * @throws UsageError for a model without an encoder
 */
export async function encodeSketches(
  engine: Engine,
  model: Model,
  sketches: readonly Stroke3[],
): Promise<Float32Array> {
  checkConditional(model);
  const { mean } = await posteriorOf(
    engine,
    sketches.map((stroke3) => scaleOffsets(stroke3, 1 / model.scaleFactor)),
  );
  return mean;
}

/**
 * Refuses models without an encoder where drawings are to be encoded.
 *
 * @throws UsageError
 */
export function checkConditional({ config }: Pick<Model, 'config'>): void {
  if (config.conditional) return;
  throw new UsageError(
    '--model: expected a conditional model, got a decoder alone, which has no latent vector - ' +
      'use one trained with conditional=true (or a .vae.json)',
  );
}
