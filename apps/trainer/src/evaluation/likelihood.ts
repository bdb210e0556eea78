import { conditionOf, type Engine, type OffsetLoss } from '@sketch-rnn/core';
import { pack, type Stroke3 } from '@sketch-rnn/data';
import { chunksByLength, rowsAt } from './chunks.ts';
import { type RowScores, rowScoresOf } from './rows.ts';

/** Sketches and what they are decoded under, in one order. */
export interface Judged {
  /** Stroke-3 in model units. */
  readonly sketches: readonly Stroke3[];
  /** Places of their classes. */
  readonly labels: readonly number[];
  /** `[sketches, Z]`; absent: without a latent vector. */
  readonly z?: Float32Array | undefined;
}

/** Log probabilities of a drawing, summed over its rows, in nats; offsets as a density in model units. */
export interface Likelihood {
  readonly offset: number;
  /** Of the drawing's own rows. */
  readonly pen: number;
  /** Of the end row. */
  readonly end: number;
}

/**
 * How likely each sketch is under the engine's model.
 *
 * @returns one a sketch, in their order
 */
export async function likelihoodsOf(
  engine: Engine,
  { sketches, labels, z }: Judged,
  offsetLoss: OffsetLoss,
): Promise<Likelihood[]> {
  const likelihoods = new Map<number, Likelihood>();
  for (const places of chunksByLength(sketches)) {
    const batch = pack(places.map((place) => sketches[place] as Stroke3));
    const packed = Array.from(batch.order, (inChunk) => places[inChunk] as number);
    const condition = conditionOf(engine, {
      count: packed.length,
      z: z && rowsAt(z, packed, engine.config.latentSize),
      labels: packed.map((place) => labels[place] as number),
    });
    const scores = await engine.score({ batch, condition, offsetLoss });
    for (const [i, rows] of rowScoresOf(batch, scores).entries()) likelihoods.set(places[i] as number, summed(rows));
  }
  return sketches.map((_, place) => likelihoods.get(place) as Likelihood);
}

function summed({ offset, pen }: RowScores): Likelihood {
  const sum = (nats: readonly number[]): number => nats.reduce((total, each) => total + each, 0);
  return { offset: sum(offset), pen: sum(pen.slice(0, -1)), end: pen.at(-1) as number };
}
