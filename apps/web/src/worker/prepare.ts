/** Made before the pages are built: the model in F16 under its hash, and what the model draws for the pages' first sight. */
import { createFusedEngine, openEmbeddedDevice } from '@sketch-rnn/backend/browser';
import { type Model, readModel, writeModel } from '@sketch-rnn/core';
import { fromStroke3 } from '@sketch-rnn/data';
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Piscina } from 'piscina';
import {
  type Catalogue,
  type FirstSight,
  OPENING_SEED,
  OPENING_TEMPERATURE,
  seedOf,
  SHOWN_TEMPERATURES,
} from '../catalogue/catalogue.ts';
import { hasPage } from '../catalogue/slugs.ts';
import { type Artist, createArtist } from '../engine/artist.ts';
import { DECODING, SURVEYED } from '../map/decoding.ts';
import { placeOfSquare, wholeLandscape } from '../map/landscape.ts';
import { latentOf, planeOf } from '../map/plane.ts';
import { encodeSketch } from '../sketch/share.ts';
import type { DrawClassesFrom } from './draw-classes.ts';

/** What the gallery opens with: the first of these that the model draws well. */
const OPENINGS = ['cat', 'face', 'sun'];

/** Sketches of the wall before the model has come: more than any screen shows at once. */
const FIRST_SKETCHES = 24;

/** Classes a thread draws at a time: enough for its products to be large. */
const AT_ONCE = 4;

export interface PrepareOptions {
  /** The model file, F32 or F16. */
  readonly model: string;
  /** Folder of the public files the weights go to. */
  readonly weights: string;
  /** Folder of the public files the pictures of the classes go to. */
  readonly pictures: string;
  /** File of all that pages know beforehand. */
  readonly catalogue: string;
  /** The program of the threads (`draw-classes.ts`). */
  readonly thread: string;
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
  for (const folder of [options.weights, options.pictures]) {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
  }
  const weights = join(options.weights, name);
  await writeFile(weights, file);

  const weak = model.weak ?? [];
  const isGood = (className: string): boolean => model.classes.includes(className) && !weak.includes(className);
  const [first = ''] = model.classes;
  const opening = [...OPENINGS, ...model.classes].find(isGood) ?? first;
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
    weak,
    opening,
  };
  const artist = createArtist(model, createFusedEngine(await openEmbeddedDevice(), model));
  const classes = drawClasses(options.thread, { model: weights, classes: model.classes, pictures: options.pictures });
  const firstSight: FirstSight = { ...(await drawOpening(artist, model, opening)), classes: await classes };
  await writeFile(options.catalogue, JSON.stringify({ catalogue, firstSight }));
}

/** The first wall, the map and the temperatures: all of the opening class. */
async function drawOpening(artist: Artist, model: Model, opening: string): Promise<Omit<FirstSight, 'classes'>> {
  const label = model.classes.indexOf(opening);
  const seeds = Array.from({ length: SURVEYED }, (_, i) => seedOf(OPENING_SEED, i));
  const codes = (drawn: readonly { stroke3: Float32Array }[]): string[] =>
    drawn.map(({ stroke3 }) => encodeSketch(fromStroke3(stroke3)));

  const surveyed = await artist.draw({ label, seeds, temperature: OPENING_TEMPERATURE });
  const size = model.config.latentSize;
  const plane = planeOf(await artist.encode(surveyed.map(({ stroke3 }) => stroke3)), size);
  const squares = wholeLandscape();
  const z = new Float32Array(squares.length * size);
  for (const [i, square] of squares.entries()) z.set(latentOf(plane, placeOfSquare(square)), i * size);
  const landscape = await artist.draw({
    label,
    seeds: squares.map(() => DECODING.seed),
    temperature: DECODING.temperature,
    z,
  });
  const warmer: string[] = [];
  for (const temperature of SHOWN_TEMPERATURES) {
    warmer.push(...codes(await artist.draw({ label, seeds: seeds.slice(0, 1), temperature })));
  }
  // Four decimals are a hundredth of what shows.
  const rounded = (axis: Float32Array): number[] => Array.from(axis, (value) => Math.round(value * 1e4) / 1e4);
  return {
    wall: codes(surveyed.slice(0, FIRST_SKETCHES)),
    temperatures: warmer,
    map: { plane: [plane.middle, plane.right, plane.down].map(rounded), drawings: codes(landscape) },
  };
}

/** The beginnings of all walls, on all cores. */
async function drawClasses(filename: string, from: DrawClassesFrom): Promise<FirstSight['classes']> {
  const pool = new Piscina<readonly string[], Record<string, string[]>>({
    filename,
    workerData: from,
    name: 'drawClasses',
  });
  const paged = from.classes.filter((className) => hasPage(from.classes, className));
  const parts = Array.from({ length: Math.ceil(paged.length / AT_ONCE) }, (_, i) =>
    pool.run(paged.slice(i * AT_ONCE, (i + 1) * AT_ONCE)),
  );
  const drawn = await Promise.all(parts);
  await pool.destroy();
  return Object.assign({}, ...drawn) as Record<string, string[]>;
}
