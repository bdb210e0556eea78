/** What drawings cost under a model, drawing by drawing. */
import { type Engine, hasLatentFlag, natsOfUnits, posteriorLatents } from '@sketch-rnn/core';
import { keyOf, scaleOffsets, type Stroke3 } from '@sketch-rnn/data';
import { chunksByLength, rowsAt } from '../evaluation/chunks.ts';
import { likelihoodsOf } from '../evaluation/likelihood.ts';
import { divergences, posteriorOf } from '../evaluation/posterior.ts';
import { latentNoise } from '../evaluation/validate.ts';

/** A model on its engine. */
export interface Subject {
  readonly engine: Engine;
  readonly scaleFactor: number;
}

/** Drawings as a model is told of them, in one order. */
export interface Told {
  /** Stroke-3 in data units. */
  readonly sketches: readonly Stroke3[];
  /** Places of their classes in the model's. */
  readonly labels: readonly number[];
}

/** Called with how many more drawings are done; what it throws ends the work. */
export type OnDone = (drawings: number) => void;

/** Negative log likelihood of a drawing given its class, in nats; offsets as a density in the drawing's units. */
export interface Cost {
  /** Of the drawing's own rows, offsets and pen. */
  readonly drawn: number;
  /** With that of the end row. */
  readonly total: number;
}

/**
 * What each drawing costs.
 *
 * @param z `[sketches, Z]`; undefined: without a latent vector
 */
export async function costsOf(
  { engine, scaleFactor }: Subject,
  { sketches, labels, z }: Told & { readonly z?: Float32Array | undefined },
  onDone: OnDone,
): Promise<Cost[]> {
  const costs: Cost[] = [];
  const scaled = sketches.map((stroke3) => scaleOffsets(stroke3, 1 / scaleFactor));
  for (const places of chunksByLength(scaled)) {
    const chunk = {
      sketches: places.map((place) => scaled[place] as Stroke3),
      labels: places.map((place) => labels[place] as number),
      z: z && rowsAt(z, places, engine.config.latentSize),
    };
    for (const [i, { offset, pen, end }] of (await likelihoodsOf(engine, chunk, 'log')).entries()) {
      const place = places[i] as number;
      const toDataUnits = natsOfUnits(scaleFactor) * ((scaled[place] as Stroke3).length / 3);
      const drawn = toDataUnits - offset - pen;
      costs[place] = { drawn, total: drawn - end };
    }
    onDone(places.length);
  }
  return costs;
}

/** What drawings are made of, for a model that encodes them. */
export interface Latents {
  /** `[sketches, Z]`, drawn from the posterior, as `eval` draws them. */
  readonly z: Float32Array;
  /** `[sketches, Z]`, KL of each dimension from N(0, 1) in nats, no floor. */
  readonly kl: Float64Array;
}

/** Encodes drawings. */
export async function latentsOf(
  { engine, scaleFactor }: Subject,
  { sketches }: Pick<Told, 'sketches'>,
  seed: number,
): Promise<Latents> {
  const posterior = await posteriorOf(
    engine,
    sketches.map((stroke3) => scaleOffsets(stroke3, 1 / scaleFactor)),
  );
  const noise = latentNoise(keyOf(seed), sketches.length, engine.config.latentSize);
  return { z: posteriorLatents(posterior, noise), kl: divergences(posterior, 1) };
}

/** KL of each drawing, summed over z. */
export function klOfDrawings({ kl }: Latents, drawings: number): number[] {
  const width = kl.length / drawings;
  return Array.from({ length: drawings }, (_, i) =>
    kl.subarray(i * width, (i + 1) * width).reduce((total, nats) => total + nats, 0),
  );
}

/** Whether drawings can be judged without z. */
export function canDoWithout({ config }: Pick<Engine, 'config'>): boolean {
  return !config.conditional || hasLatentFlag(config);
}

/** What a model is compared by. */
export type Basis = 'without a latent vector' | 'by the bound with a latent vector';

export function basisOf(model: Pick<Engine, 'config'>): Basis {
  return canDoWithout(model) ? 'without a latent vector' : 'by the bound with a latent vector';
}

/**
 * What two models are compared by: nats of each drawing without a latent vector, where the model can do without; else the
 * bound, KL and all.
 */
export async function comparableNats(subject: Subject, told: Told, { seed, onDone }: Comparing): Promise<number[]> {
  if (canDoWithout(subject.engine)) return (await costsOf(subject, told, onDone)).map(({ total }) => total);
  const latents = await latentsOf(subject, told, seed);
  const kl = klOfDrawings(latents, told.sketches.length);
  const costs = await costsOf(subject, { ...told, z: latents.z }, onDone);
  return costs.map(({ total }, i) => total + (kl[i] as number));
}

export interface Comparing {
  readonly seed: number;
  readonly onDone: OnDone;
}
