import { fold, type Key, keyOf, normals, pack, type PackOptions, type Stroke3, uniforms } from '@sketch-rnn/data';
import { type Config, type ModelConfig, modelConfigOf, presets } from '../packages/core/src/config.ts';
import type { TrainingStep } from '../packages/core/src/engine.ts';
import { type Parameters, parameterSpecs } from '../packages/core/src/parameters.ts';

/** A model small enough for finite differences, its sizes all different so that a mix-up shows. */
export function smallConfig(changes: Partial<Config> = {}, classes = 1): ModelConfig {
  const sizes = { encoderSize: 5, decoderSize: 6, latentSize: 3, mixtures: 4, hyperSize: 7, hyperEmbedding: 2 };
  return modelConfigOf({ ...presets.tiny, ...sizes, classEmbedding: 2, ...changes }, classes);
}

/** Weights all different and none at a point where a formula is special: normal, of standard deviation 0.4. */
export function smallParameters(config: ModelConfig, seed: number): Parameters {
  const key = keyOf(seed);
  const entries = Object.entries(parameterSpecs(config)).map(([name, { shape }], index): [string, Float32Array] => {
    const count = shape.reduce((product, side) => product * side, 1);
    return [name, normals(fold(key, index), count).map((n) => 0.4 * n)];
  });
  return Object.fromEntries(entries);
}

/** Sketches of these lengths, stroke-3 in model units. */
export function smallSketches(lengths: readonly number[], seed: number): Stroke3[] {
  const key: Key = keyOf(seed);
  return lengths.map((length, index) => {
    const offsets = normals(fold(key, 2 * index), 3 * length);
    const lifts = uniforms(fold(key, 2 * index + 1), length);
    return offsets.map((offset, i) => (i % 3 < 2 ? offset : Number((lifts[(i - 2) / 3] as number) < 0.3)));
  });
}

/** Rows of the sketches of a `smallStep`. */
export const SMALL_LENGTHS = [4, 9, 1, 6] as const;

/** A step over some of the sketches; per-sketch inputs follow the sketches, in the order of the batch. */
export function smallStep(
  config: ModelConfig,
  {
    chosen = [0, 1, 2, 3],
    packing = {},
    changes = {},
  }: { chosen?: readonly number[]; packing?: PackOptions; changes?: Partial<TrainingStep> } = {},
): TrainingStep {
  const all = smallSketches(SMALL_LENGTHS, 1);
  const batch = pack(
    chosen.map((index) => all[index] as Float32Array),
    packing,
  );
  const inBatch = Array.from(batch.order, (place) => chosen[place] as number);
  return {
    batch,
    epsilon: Float32Array.from(inBatch.flatMap((index) => [...normals(fold(keyOf(7), index), config.latentSize)])),
    classes: Int32Array.from(inBatch, (index) => index % config.classes),
    lossLength: 12,
    klWeight: 0.5,
    klTolerance: 0,
    learningRate: 1e-3,
    gradientClip: 1,
    dropout: { recurrentDropout: 0, inputDropout: 0, outputDropout: 0, seed: 0 },
    ...changes,
  };
}
