import type { PackedBatch } from '@sketch-rnn/data';
import type { Posterior, ScoreRequest, Scores } from '../engine.ts';
import { ModelError } from '../error.ts';
import { sketchCondition } from './condition.ts';
import { decodeSketch } from './decoder.ts';
import { encodeSketch } from './encoder.ts';
import { offsetLogDensity } from './mixture.ts';
import type { PlainModel } from './model.ts';
import { rowAt } from './packed.ts';
import { penLogProbability } from './pen.ts';
import type { Floats } from './precision.ts';

/** `Shape` in the precision of the model. */
type InPrecision<Shape> = { readonly [Field in keyof Shape]: Floats };

/** Log probabilities of each row of a batch, `[R]`, nats; no dropout. The offset's is 0 on end rows. */
export function plainScore(
  model: PlainModel,
  { batch, condition, offsetLoss = 'log' }: ScoreRequest,
): InPrecision<Scores> {
  const count = batch.decoderTargets.length / 5;
  const offset = new model.precision(count);
  const pen = new model.precision(count);
  for (const sketch of batch.lengths.keys()) {
    const decoded = decodeSketch(model, { batch, sketch, condition: sketchCondition(model, condition, sketch) });
    for (const [t, row] of decoded.rows.entries()) {
      const raw = decoded.raws[t] as Floats;
      const target = rowAt(batch.decoderTargets, row, 5);
      const ended = target[4] === 1;
      offset[row] = ended ? 0 : offsetLogDensity(raw, target, offsetLoss);
      pen[row] = penLogProbability(raw, target);
    }
  }
  return { offset, pen };
}

/** Mean and logarithm of the variance of q(z | sketch), `[B, Z]` each (Ha & Eck 2017, eq. 2). */
export function plainEncode(model: PlainModel, batch: PackedBatch): InPrecision<Posterior> {
  const { encoder } = model;
  if (!encoder) throw new ModelError('encode: expected a conditional model, got one without encoder');
  const { latentSize } = model.config;
  const mean = new model.precision(batch.lengths.length * latentSize);
  const logVariance = new model.precision(mean.length);
  for (const sketch of batch.lengths.keys()) {
    const encoded = encodeSketch(model, encoder, { batch, sketch });
    mean.set(encoded.mean, sketch * latentSize);
    logVariance.set(encoded.logVariance, sketch * latentSize);
  }
  return { mean, logVariance };
}
