/** Made before the pages are built: the model in F16 under its hash, and sketches for the pages' first sight. */
import { createFusedEngine, openEmbeddedDevice } from '@sketch-rnn/backend/browser';
import { readModel, writeModel } from '@sketch-rnn/core';
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Catalogue,
  type FirstSight,
  OPENING_SEED,
  OPENING_TEMPERATURE,
  seedOf,
  SHOWN_TEMPERATURES,
} from '../catalogue/catalogue.ts';
import { createArtist } from '../engine/artist.ts';

/** Opens the gallery where the model knows it: a class that everybody knows and that draws well early in a training. */
const OPENING = 'cat';

/** Sketches of the wall before the model has come: more than any screen shows at once. */
const FIRST_SKETCHES = 24;

export interface PrepareOptions {
  /** The model file, F32 or F16. */
  readonly model: string;
  /** Folder of the public files the weights go to. */
  readonly weights: string;
  /** File of all that pages know beforehand. */
  readonly catalogue: string;
}

/**
 * Writes the model and what is known of it.
 *
 * @throws ModelError where the model cannot be read
 */
export async function prepare(options: PrepareOptions): Promise<void> {
  const read = readModel(await readFile(options.model), options.model);
  const file = writeModel(read, { half: true });
  // Sketches are drawn with the weights the visitor gets, rounded as they are.
  const model = readModel(file, options.model);
  const sha256 = createHash('sha256').update(file).digest('hex');
  const name = `${sha256.slice(0, 16)}.safetensors`;
  await rm(options.weights, { recursive: true, force: true });
  await mkdir(options.weights, { recursive: true });
  await writeFile(join(options.weights, name), file);

  const opening = model.classes.includes(OPENING) ? OPENING : (model.classes[0] as string);
  const catalogue: Catalogue = {
    model: {
      url: `/model/${name}`,
      sha256,
      bytes: file.length,
      weights: Object.values(model.parameters).reduce((sum, values) => sum + values.length, 0),
      longest: model.lossLength,
      mixtures: model.config.mixtures,
      latentSize: model.config.conditional ? model.config.latentSize : 0,
      ...(model.step !== undefined && { step: model.step }),
      ...(model.metrics && { metrics: model.metrics }),
      ...(model.data && { data: model.data }),
    },
    classes: model.classes,
    opening,
  };
  const artist = createArtist(model, createFusedEngine(await openEmbeddedDevice(), model));
  const label = model.classes.indexOf(opening);
  const drawn = async (seeds: readonly number[], temperature: number): Promise<number[][]> => {
    const sketches = await artist.draw({ label, seeds, temperature });
    // Whole units are half a pixel on the wall, and half the size of a page.
    return sketches.map(({ stroke3 }) => Array.from(stroke3, Math.round));
  };
  const seeds = Array.from({ length: FIRST_SKETCHES }, (_, i) => seedOf(OPENING_SEED, i));
  const firstSight: FirstSight = {
    wall: await drawn(seeds, OPENING_TEMPERATURE),
    temperatures: (
      await Promise.all(SHOWN_TEMPERATURES.map((temperature) => drawn(seeds.slice(0, 1), temperature)))
    ).flat(),
  };
  await writeFile(options.catalogue, JSON.stringify({ catalogue, firstSight }));
}
