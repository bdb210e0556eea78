import {
  type DrawingsRequest,
  type Engine,
  hasLatentFlag,
  type Model,
  sampleDrawings,
  usualLatents,
} from '@sketch-rnn/core';
import { DataError, fromStroke3, type Sketch } from '@sketch-rnn/data';

/** Sketches to be drawn; by default with the latent vectors that are usual. */
export type Sampling = Omit<DrawingsRequest, 'longest'>;

/**
 * Draws sketches with a model that draws without a latent vector too.
 *
 * @returns strokes of absolute points in data units, from the origin on
 * @throws DataError where the start is as long as a sketch may be
 */
export async function sampleSketches(engine: Engine, model: Model, sampling: Sampling): Promise<Sketch[]> {
  const { seeds, labels, start } = sampling;
  const rows = (start?.length ?? 0) / 3;
  if (rows >= model.lossLength) {
    throw new DataError(`start: expected fewer than ${model.lossLength} points, got ${rows} - simplify the drawing`);
  }
  const z = sampling.z ?? usualLatents(model, { seeds, labels, goesOn: start !== undefined });
  const drawn = await sampleDrawings(engine, model, { ...sampling, z });
  return drawn.map(({ stroke3 }) => fromStroke3(stroke3));
}

/** Whether a model can do all that the bot does: many classes, with and without a latent vector. */
export function isCatalogue({ config }: Pick<Model, 'config'>): boolean {
  return config.classes > 1 && config.conditional && hasLatentFlag(config);
}
