/** A thread of the build: the first drawings of some classes, and the picture that links to them show. */
import { createFusedEngine, openEmbeddedDevice } from '@sketch-rnn/backend/browser';
import { readModel } from '@sketch-rnn/core';
import { fromStroke3 } from '@sketch-rnn/data';
import { LIGHT, sheet } from '@sketch-rnn/render';
import { svgToPng } from '@sketch-rnn/render/node';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { workerData } from 'node:worker_threads';
import sharp from 'sharp';
import { OPENING_SEED, OPENING_TEMPERATURE, seedOf } from '../catalogue/catalogue.ts';
import { PREVIEW } from '../catalogue/preview.ts';
import { slugOf } from '../catalogue/slugs.ts';
import { type Artist, createArtist } from '../engine/artist.ts';
import { encodeSketch } from '../sketch/share.ts';

/** What a thread is given once. */
export interface DrawClassesFrom {
  /** The model file, and its classes. */
  readonly model: string;
  readonly classes: readonly string[];
  /** Folder of the pictures. */
  readonly pictures: string;
}

/** The gallery's paper and ink (`frame/tokens.css`). */
const THEME = { ...LIGHT, page: '#f4efe4', paper: '#fbf8f1', ink: '#1c1a16', line: '#e4c3b4' };

/** Two rows of squares. */
const DRAWINGS = 2 * PREVIEW.columns;

/** Paper, ink, and the blends between them at an edge. */
const COLOURS = 16;

let artist: Promise<Artist> | undefined;

async function open({ model: file }: DrawClassesFrom): Promise<Artist> {
  const model = readModel(await readFile(file), file);
  return createArtist(model, createFusedEngine(await openEmbeddedDevice(), model));
}

/**
 * Draws the beginning of the walls of some classes, and writes their pictures.
 *
 * @returns by class the drawings as in a link
 */
export async function drawClasses(classNames: readonly string[]): Promise<Record<string, string[]>> {
  const from = workerData as DrawClassesFrom;
  artist ??= open(from);
  const drawn = await (
    await artist
  ).draw({
    label: classNames.flatMap((className) => Array<number>(DRAWINGS).fill(from.classes.indexOf(className))),
    seeds: classNames.flatMap(() => Array.from({ length: DRAWINGS }, (_, i) => seedOf(OPENING_SEED, i))),
    temperature: OPENING_TEMPERATURE,
  });
  const all = await Promise.all(
    classNames.map(async (className, place) => {
      const sketches = drawn.slice(place * DRAWINGS, (place + 1) * DRAWINGS).map(({ stroke3 }) => fromStroke3(stroke3));
      const svg = sheet(
        sketches.map((sketch) => ({ sketch })),
        { columns: PREVIEW.columns, cellSize: PREVIEW.square, theme: THEME },
      );
      // A picture of few colours is a fifth of the size with a palette.
      const png = await sharp(await svgToPng(svg))
        .png({ palette: true, colours: COLOURS })
        .toBuffer();
      await writeFile(join(from.pictures, `${slugOf(className)}.png`), png);
      return [className, sketches.map(encodeSketch)] as const;
    }),
  );
  return Object.fromEntries(all);
}
