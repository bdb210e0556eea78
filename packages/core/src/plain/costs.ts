import type { Costs, TrainingStep } from '../engine.ts';
import { klDivergence } from './latent.ts';
import { offsetLogDensity } from './mixture.ts';
import type { PlainModel } from './model.ts';
import { rowAt } from './packed.ts';
import { penLogProbability } from './pen.ts';
import type { Floats } from './precision.ts';
import { plainTraces } from './trace.ts';

/**
 * Costs of a training step (Ha & Eck 2017, eq. 9-12), with dropout where the step brings masks.
 *
 * The decoder's rows are weighted by the batch and divided by B x `lossLength`; KL counts for the sketches with a latent.
 */
export function plainCosts(model: PlainModel, step: TrainingStep): Costs {
  const { batch, lossLength, offsetLoss = 'log' } = step;
  const sketches = batch.lengths.length;
  let offset = 0;
  let pen = 0;
  let kl = 0;
  let withLatent = 0;
  for (const { encoded, z, decoded } of plainTraces(model, step)) {
    for (const [t, row] of decoded.rows.entries()) {
      const raw = decoded.raws[t] as Floats;
      const target = rowAt(batch.decoderTargets, row, 5);
      offset -= (batch.offsetWeights[row] as number) * offsetLogDensity(raw, target, offsetLoss);
      pen -= (batch.penWeights[row] as number) * penLogProbability(raw, target);
    }
    if (encoded && z) {
      kl += klDivergence(encoded);
      withLatent++;
    }
  }
  offset /= sketches * lossLength;
  pen /= sketches * lossLength;
  kl = withLatent > 0 ? kl / withLatent : 0;
  const reconstruction = offset + pen;
  const floored = Math.max(kl, step.klTolerance);
  const total = reconstruction + (step.klWeight * floored * withLatent) / sketches;
  return { total, reconstruction, offset, pen, kl };
}
