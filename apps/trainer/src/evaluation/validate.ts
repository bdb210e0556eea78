import { type Engine, posteriorLatents } from '@sketch-rnn/core';
import { fold, type Key, normals, type Stroke3 } from '@sketch-rnn/data';
import { rowsAt } from './chunks.ts';
import { latentGain, otherPlaces } from './latent-gain.ts';
import { type Likelihood, likelihoodsOf } from './likelihood.ts';
import { divergences, posteriorOf } from './posterior.ts';

/** Costs in the form in which Magenta evaluates: a mean over drawings x lossLength, pen loss of drawn rows alone. */
export interface ReferenceCosts {
  /** L_R = offset + pen. */
  readonly reconstruction: number;
  readonly offset: number;
  readonly pen: number;
  /** A mean over z, without its floor; 0 in unconditional models. */
  readonly kl: number;
  /** Nats a drawing lost under another's z; absent without a latent vector and where there is one drawing alone. */
  readonly latentGain?: number;
}

export interface Validation {
  /** Stroke-3 in model units. */
  readonly sketches: readonly Stroke3[];
  readonly labels: readonly number[];
  /** N_max of the training data. */
  readonly lossLength: number;
  /** z is drawn with it, so that the same model is always judged by the same draws. */
  readonly key: Key;
}

/** Judges a model as Magenta does (`evaluate_model`, `sketch_rnn_train.py`): no dropout, z drawn from the posterior. */
export async function validate(
  engine: Engine,
  { sketches, labels, lossLength, key }: Validation,
): Promise<ReferenceCosts> {
  const { conditional, latentSize } = engine.config;
  if (!conditional) {
    const likelihoods = await likelihoodsOf(engine, { sketches, labels }, 'reference');
    return { ...reconstructionOf(likelihoods, lossLength), kl: 0 };
  }
  const posterior = await posteriorOf(engine, sketches);
  const z = posteriorLatents(posterior, latentNoise(key, sketches.length, latentSize));
  const own = await likelihoodsOf(engine, { sketches, labels, z }, 'reference');
  const nats = divergences(posterior, latentSize);
  const kl = nats.reduce((sum, x) => sum + x, 0) / posterior.mean.length;
  const costs = { ...reconstructionOf(own, lossLength), kl };
  const others = otherPlaces(labels);
  if (!others) return costs;
  const other = await likelihoodsOf(engine, { sketches, labels, z: rowsAt(z, others, latentSize) }, 'reference');
  return { ...costs, latentGain: latentGain(own, other) };
}

/** Standard normals for each drawing's z, `[count, size]`: a drawing's do not depend on how many there are. */
export function latentNoise(key: Key, count: number, size: number): Float32Array {
  const noise = new Float32Array(count * size);
  for (let place = 0; place < count; place++) noise.set(normals(fold(key, place), size), place * size);
  return noise;
}

/** The reference's mean over drawings x lossLength. */
export function reconstructionOf(
  likelihoods: readonly Likelihood[],
  lossLength: number,
): Pick<ReferenceCosts, 'reconstruction' | 'offset' | 'pen'> {
  const rows = likelihoods.length * lossLength;
  const offset = -likelihoods.reduce((sum, likelihood) => sum + likelihood.offset, 0) / rows;
  const pen = -likelihoods.reduce((sum, likelihood) => sum + likelihood.pen, 0) / rows;
  return { reconstruction: offset + pen, offset, pen };
}
