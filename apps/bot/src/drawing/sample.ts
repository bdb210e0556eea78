import { classLatents, type Engine, hasLatentFlag, type Model } from '@sketch-rnn/core';
import { DataError, fromStroke3, scaleOffsets, type Sketch, type Stroke3 } from '@sketch-rnn/data';

/** Sketches to be drawn side by side, `[n]` of each. */
export interface Sampling {
  readonly seeds: readonly number[];
  /** Class numbers of the model. */
  readonly labels: readonly number[];
  readonly temperature: number;
  /** `[n, Z]`; by default such as drawings of the class have, and none where there is a start. */
  readonly z?: Float32Array;
  /** Rows that all go on from, data units. */
  readonly start?: Stroke3;
}

/**
 * Draws sketches with a model that draws without a latent vector too.
 *
 * @returns strokes of absolute points in data units, from the origin on
 * @throws DataError where the start is as long as a sketch may be
 */
export async function sampleSketches(
  engine: Engine,
  { scaleFactor, lossLength, temperatureForm, latents }: Omit<Model, 'config' | 'parameters' | 'classes'>,
  { seeds, labels, temperature, z, start }: Sampling,
): Promise<Sketch[]> {
  const { config } = engine;
  const count = seeds.length;
  const rows = (start?.length ?? 0) / 3;
  if (rows >= lossLength) {
    throw new DataError(`start: expected fewer than ${lossLength} points, got ${rows} - simplify the drawing`);
  }
  const own = z ?? (start ? undefined : classLatents({ config, ...(latents && { latents }) }, seeds, labels));
  const latent = own
    ? { z: own }
    : { z: new Float32Array(count * config.latentSize), hasLatent: new Uint8Array(count) };
  const begun = start && scaleOffsets(start, 1 / scaleFactor);
  const drawn = await engine.sample({
    count,
    condition: {
      ...(config.conditional && latent),
      ...(config.classes > 1 && { classes: Int32Array.from(labels) }),
    },
    ...(begun && { starts: seeds.map(() => begun) }),
    temperature,
    temperatureForm,
    maxLength: lossLength,
    seeds,
  });
  return drawn.map(({ stroke3 }) => fromStroke3(scaleOffsets(stroke3, scaleFactor)));
}

/** Whether a model can do all that the bot does: many classes, with and without a latent vector. */
export function isCatalogue({ config }: Pick<Model, 'config'>): boolean {
  return config.classes > 1 && config.conditional && hasLatentFlag(config);
}
