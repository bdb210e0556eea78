import { ModelError } from '../error.ts';
import type { TrainingStep } from '../engine.ts';
import { type Decoded, decodeSketch } from './decoder.ts';
import { dropsOf } from './dropout.ts';
import { type Encoded, encodeSketch } from './encoder.ts';
import { latentOf } from './latent.ts';
import type { PlainModel } from './model.ts';
import { rowAt } from './packed.ts';
import type { Floats } from './precision.ts';

/** Everything a training step computes of one sketch before the costs. */
export interface Trace {
  /** Absent in unconditional models. */
  readonly encoded?: Encoded;
  /** `[Z]`, absent where the sketch has no latent. */
  readonly z?: Floats;
  readonly decoded: Decoded;
}

/** What a training step's forward pass reads. */
export type TraceInputs = Pick<TrainingStep, 'batch' | 'epsilon' | 'hasLatent' | 'classes' | 'dropout'>;

/** The forward pass of a training step, one sketch after the other in the order of the packed batch. */
export function plainTraces(model: PlainModel, step: TraceInputs): Trace[] {
  const { batch, epsilon, hasLatent, classes } = step;
  const drops = dropsOf(step.dropout, model.precision);
  return Array.from(batch.lengths, (_, sketch) => {
    const encoded = model.encoder && encodeSketch(model, model.encoder, { batch, sketch, drops });
    const z = encoded && hasLatent?.[sketch] !== 0 ? latentOf(encoded, noiseOf(epsilon, encoded, sketch)) : undefined;
    const decoded = decodeSketch(model, { batch, sketch, condition: { z, class: classes?.[sketch] }, drops });
    return { ...(encoded && { encoded }), ...(z && { z }), decoded };
  });
}

function noiseOf(epsilon: Float32Array | undefined, { mean }: Encoded, sketch: number): Float32Array {
  if (!epsilon) {
    throw new ModelError('epsilon: expected [B, Z] numbers, got none - a conditional model needs noise for z');
  }
  return rowAt(epsilon, sketch, mean.length);
}
