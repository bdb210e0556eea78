import { scaleOffsets, type Stroke3 } from '@sketch-rnn/data';
import type { Condition, Engine, SampledRows } from '../engine.ts';
import type { Model } from '../files/model.ts';
import { hasLatentFlag } from '../parameters.ts';
import { classLatents } from './latent.ts';

/** What is known of sketches that are decoded together. */
export interface Known {
  readonly count: number;
  /** `[count, Z]`; undefined: without a latent vector. */
  readonly z?: Float32Array | undefined;
  /** `[count]`, places in the model's classes. */
  readonly labels: readonly number[];
}

/** The condition of sketches; without z the model must be one that can do without. */
export function conditionOf({ config }: Pick<Model, 'config'>, { count, z, labels }: Known): Condition {
  const latent = z ? { z } : { z: new Float32Array(count * config.latentSize), hasLatent: new Uint8Array(count) };
  return {
    ...(config.conditional && latent),
    ...(config.classes > 1 && { classes: Int32Array.from(labels) }),
  };
}

/**
 * The latent vectors that sketches are drawn with where nobody says which: such as drawings of their class have (`classLatents`).
 * There are none in a decoder alone, nor where a sketch goes on from a start and the model can do without (Ha & Eck 2017, section 3.4).
 *
 * @returns `[seeds, Z]`
 */
export function usualLatents(
  model: Pick<Model, 'config' | 'latents'>,
  { seeds, labels, goesOn }: Pick<DrawingsRequest, 'seeds' | 'labels'> & { readonly goesOn: boolean },
): Float32Array | undefined {
  const { config } = model;
  if (!config.conditional || (goesOn && hasLatentFlag(config))) return undefined;
  return classLatents(model, seeds, labels);
}

/** Drawings to be made side by side, `[n]` of each. */
export interface DrawingsRequest extends Omit<Known, 'count'> {
  readonly seeds: readonly number[];
  readonly temperature: number;
  /** Rows every drawing goes on from, data units; fewer than it may have. */
  readonly start?: Stroke3 | undefined;
  /** Rows a drawing may have, those of its start included; as many as in training by default. */
  readonly longest?: number | undefined;
}

/** Samples drawings in the units of the data (`Engine.sample` has the model's). */
export async function sampleDrawings(
  engine: Engine,
  model: Pick<Model, 'config' | 'scaleFactor' | 'lossLength' | 'temperatureForm'>,
  { seeds, labels, z, temperature, start, longest }: DrawingsRequest,
): Promise<SampledRows[]> {
  const { scaleFactor, lossLength, temperatureForm } = model;
  const begun = start && scaleOffsets(start, 1 / scaleFactor);
  const drawn = await engine.sample({
    count: seeds.length,
    condition: conditionOf(model, { count: seeds.length, z, labels }),
    ...(begun && { starts: seeds.map(() => begun) }),
    temperature,
    temperatureForm,
    maxLength: longest ?? lossLength,
    seeds,
  });
  return drawn.map(({ stroke3, ended }) => ({ stroke3: scaleOffsets(stroke3, scaleFactor), ended }));
}
