import { type Engine, type EngineStart, type Model, slerp } from '@sketch-rnn/core';
import { pack, scaleOffsets, type Sketch, toStroke3 } from '@sketch-rnn/data';
import { sampleSketches } from './sample.ts';

const EMBEDDING = 'class.embedding';

export interface Morph {
  /** Class numbers. */
  readonly from: number;
  readonly to: number;
  readonly steps: number;
  readonly seed: number;
  readonly temperature: number;
}

/** What a morph is computed with. */
export interface MorphTools {
  /** With the whole model. */
  readonly engine: Engine;
  /** Starts another for a model of as many classes as there are steps; this module disposes it. */
  readonly create: (start: EngineStart) => Promise<Engine>;
}

/**
 * Drawings between two classes: a drawing of each is drawn and encoded, and between them both the latent vector (on a great
 * circle, Ha & Eck 2017, section 4.2) and the class's vector go over evenly.
 *
 * The class's vector is looked up by number, so the steps are drawn with a model whose classes are the steps.
 */
export async function morphSketches({ engine, create }: MorphTools, model: Model, morph: Morph): Promise<Sketch[]> {
  const { from, to, steps, seed, temperature } = morph;
  const ends = await sampleSketches(engine, model, { seeds: [seed, seed], labels: [from, to], temperature });
  const [first, last] = await latentsOf(engine, model, ends);
  const { classEmbedding } = model.config;
  const vectors = model.parameters[EMBEDDING] as Float32Array;
  const vectorOf = (label: number): Float32Array =>
    vectors.subarray(label * classEmbedding, (label + 1) * classEmbedding);
  const shares = Array.from({ length: steps }, (_, i) => i / (steps - 1));
  const mixed = shares.flatMap((t) =>
    Array.from(vectorOf(from), (value, i) => value + ((vectorOf(to)[i] as number) - value) * t),
  );
  const between = await create({
    config: { ...model.config, classes: steps },
    parameters: { ...model.parameters, [EMBEDDING]: Float32Array.from(mixed) },
  });
  try {
    return await sampleSketches(between, model, {
      seeds: shares.map(() => seed),
      labels: shares.map((_, i) => i),
      z: Float32Array.from(shares.flatMap((t) => [...slerp(first, last, t)])),
      temperature,
    });
  } finally {
    between.dispose();
  }
}

/** Mean of q(z | sketch) of two sketches. */
async function latentsOf(
  engine: Engine,
  { scaleFactor, config }: Pick<Model, 'scaleFactor' | 'config'>,
  sketches: readonly Sketch[],
): Promise<readonly [Float32Array, Float32Array]> {
  const batch = pack(sketches.map((sketch) => scaleOffsets(toStroke3(sketch), 1 / scaleFactor)));
  const { mean } = await engine.encode(batch);
  const at = (sketch: number): Float32Array => {
    const row = batch.order.indexOf(sketch);
    return mean.slice(row * config.latentSize, (row + 1) * config.latentSize);
  };
  return [at(0), at(1)];
}
