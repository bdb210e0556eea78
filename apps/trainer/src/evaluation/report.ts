import { type Engine, natsOfUnits, posteriorLatents } from '@sketch-rnn/core';
import { keyOf } from '@sketch-rnn/data';
import { rowsAt } from './chunks.ts';
import { latentGain, otherPlaces } from './latent-gain.ts';
import { type Judged, likelihoodsOf } from './likelihood.ts';
import { divergences, posteriorOf } from './posterior.ts';
import { latentNoise, reconstructionOf } from './validate.ts';

export interface EvaluationRequest extends Pick<Judged, 'sketches' | 'labels'> {
  readonly scaleFactor: number;
  readonly lossLength: number;
  /** Floor of the reference's KL, as a mean over z. */
  readonly klTolerance: number;
  readonly seed: number;
  /** Without z. */
  readonly unconditional: boolean;
}

/** The figures of a model on a set of drawings. */
export interface EvaluationReport {
  readonly drawings: number;
  /** Rows that are drawn. */
  readonly points: number;
  /** Nats a point: offsets as a density in the drawings' own units, the end row's pen included, KL summed over z, no floor. */
  readonly perPoint: { readonly offset: number; readonly pen: number; readonly kl: number; readonly total: number };
  /** Magenta's form: means over drawings x N_max and over z. */
  readonly reference: { readonly r: number; readonly kl: number };
  /** Nats a drawing lost under another's z. */
  readonly latentGain?: number;
}

/** Evaluates a model; z is drawn from the posterior, as in the reference's evaluation. */
export async function evaluationOf(engine: Engine, request: EvaluationRequest): Promise<EvaluationReport> {
  const { sketches, labels, scaleFactor, lossLength, klTolerance, seed, unconditional } = request;
  const { latentSize } = engine.config;
  const posterior = engine.config.conditional && !unconditional ? await posteriorOf(engine, sketches) : undefined;
  const z = posterior && posteriorLatents(posterior, latentNoise(keyOf(seed), sketches.length, latentSize));
  const own = await likelihoodsOf(engine, { sketches, labels, z }, 'log');
  const reference = await likelihoodsOf(engine, { sketches, labels, z }, 'reference');
  const others = z && otherPlaces(labels);
  const other = others && (await likelihoodsOf(engine, { sketches, labels, z: rowsAt(z, others, latentSize) }, 'log'));

  const points = sketches.reduce((sum, stroke3) => sum + stroke3.length / 3, 0);
  const nats = posterior ? divergences(posterior, latentSize).reduce((sum, each) => sum + each, 0) : 0;
  const sum = (part: 'offset' | 'pen' | 'end'): number =>
    own.reduce((total, likelihood) => total + likelihood[part], 0);
  const perPoint = {
    offset: natsOfUnits(scaleFactor) - sum('offset') / points,
    pen: -(sum('pen') + sum('end')) / points,
    kl: nats / points,
  };
  const meanKl = nats / (sketches.length * latentSize);
  return {
    drawings: sketches.length,
    points,
    perPoint: { ...perPoint, total: perPoint.offset + perPoint.pen + perPoint.kl },
    reference: {
      r: reconstructionOf(reference, lossLength).reconstruction,
      kl: posterior ? Math.max(meanKl, klTolerance) : 0,
    },
    ...(other && { latentGain: latentGain(own, other) }),
  };
}
