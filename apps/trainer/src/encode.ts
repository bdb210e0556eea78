import type { Engine, Model } from '@sketch-rnn/core';
import { pack, scaleOffsets, type Stroke3 } from '@sketch-rnn/data';
import { UsageError } from './errors.ts';

/** Sketches encoded at once. */
const CHUNK = 64;

/**
 * Mean of q(z | sketch) of each drawing: what the model takes it for, without chance.
 *
 * @param sketches stroke-3 in data units
 * @returns `[sketches, Z]`, in the order of the sketches
 * @throws UsageError for a model without an encoder
 */
export async function encodeSketches(engine: Engine, model: Model, sketches: readonly Stroke3[]): Promise<Float32Array> {
  checkConditional(model);
  const { latentSize } = model.config;
  const z = new Float32Array(sketches.length * latentSize);
  for (let from = 0; from < sketches.length; from += CHUNK) {
    const chunk = sketches.slice(from, from + CHUNK);
    const batch = pack(chunk.map((stroke3) => scaleOffsets(stroke3, 1 / model.scaleFactor)));
    const { mean } = await engine.encode(batch);
    for (const [i, place] of batch.order.entries()) {
      z.set(mean.subarray(i * latentSize, (i + 1) * latentSize), (from + place) * latentSize);
    }
  }
  return z;
}

/**
 * Refuses models without an encoder where drawings are to be encoded.
 *
 * @throws UsageError
 */
export function checkConditional({ config }: Model): void {
  if (config.conditional) return;
  throw new UsageError(
    '--model: expected a conditional model, got a decoder alone, which has no latent vector - ' +
      'use one trained with conditional=true (or a .vae.json)',
  );
}
