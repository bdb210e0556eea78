/** Magenta's public models, by the name of what they draw: `magenta:owl`. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Model, ModelError, nearest, readMagentaJs } from '@sketch-rnn/core';
import { type CachedFile, defaultCacheFolder, fetchOnce } from '@sketch-rnn/data/node';
import { readInput } from './input.ts';

/** The public bucket of Magenta's models. */
const MAGENTA_URL = 'https://storage.googleapis.com/quickdraw-models/';

/** Where they lie in it. */
const FOLDER = 'sketchRNN/models';

/** Several times the largest: 1,024 units are 12 MB. */
const MAX_BYTES = 48 * 2 ** 20;

/** Every model of a decoder alone that the bucket has, named as its files are. */
const NAMES = (
  'alarm_clock ambulance angel ant antyoga backpack barn basket bear bee beeflower bicycle bird book brain bridge bulldozer ' +
  'bus butterfly cactus calendar castle cat catbus catpig chair couch crab crabchair crabrabbitfacepig cruise_ship ' +
  'diving_board dog dogbunny dolphin duck elephant elephantpig everything eye face fan fire_hydrant firetruck flamingo ' +
  'flower floweryoga frog frogsofa garden hand hedgeberry hedgehog helicopter kangaroo key lantern lighthouse lion ' +
  'lionsheep lobster map mermaid monapassport monkey mosquito octopus owl paintbrush palm_tree parrot passport peas ' +
  'penguin pig pigsheep pineapple pool postcard power_outlet rabbit rabbitturtle radio radioface rain rhinoceros rifle ' +
  'roller_coaster sandwich scorpion sea_turtle sheep skull snail snowflake speedboat spider squirrel steak stove ' +
  'strawberry swan swing_set the_mona_lisa tiger toothbrush toothpaste tractor trombone truck whale windmill yoga ' +
  'yogabicycle'
).split(' ');

const PREFIX = /^magenta:/i;

/** Whether a word names one of Magenta's public models; a file of this name is written `./magenta:owl`. */
export function isMagentaName(text: string): boolean {
  return PREFIX.test(text);
}

export interface MagentaOptions extends Pick<CachedFile, 'onProgress' | 'signal' | 'pace'> {
  /** Where a copy of the bucket is served (SKETCH_RNN_MAGENTA_URL); `MAGENTA_URL` by default. */
  readonly baseUrl?: string | undefined;
  /** Where files are kept (SKETCH_RNN_CACHE); the system's cache folder by default. */
  readonly cacheFolder?: string | undefined;
}

/**
 * One of Magenta's public models (a decoder without its encoder), fetched once and then kept.
 *
 * @param name `magenta:CLASS`; case does not matter, and `_`, `-` and space are one
 * @throws ModelError for a name that there is no model of, with the nearest; for a file that is not such a model, which is then not kept
 * @throws DataError where it cannot be fetched or kept
 * @throws the signal's reason, where it aborts
 */
export async function loadMagentaModel(name: string, options: MagentaOptions = {}): Promise<Model> {
  const { baseUrl = MAGENTA_URL, cacheFolder = defaultCacheFolder(), ...rest } = options;
  const known = knownName(name);
  const file = `${known}.gen.json`;
  const path = join(cacheFolder, 'magenta', file);
  const bucket = { baseUrl, variable: 'SKETCH_RNN_MAGENTA_URL', publicUrl: MAGENTA_URL };
  const remedies = {
    missing: `does SKETCH_RNN_MAGENTA_URL name a copy of the whole bucket, with its folder ${FOLDER}?`,
    unreachable:
      `if there is no network here, set SKETCH_RNN_MAGENTA_URL to a copy of the bucket, ` +
      `or put its ${FOLDER}/${file} at ${path}`,
  };
  const request = { bucket, file: `${FOLDER}/${file}`, path, maxBytes: MAX_BYTES, remedies };
  const fetchedFrom = await fetchOnce({ ...request, ...rest });
  try {
    return checkedModel(await readInput(path), { name: known, where: fetchedFrom ?? path });
  } catch (error) {
    // One that was there before may have been put there by hand, and is not ours to take away.
    if (fetchedFrom !== undefined) await rm(path, { force: true });
    throw error;
  }
}

function checkedModel(bytes: Uint8Array, { name, where }: { readonly name: string; readonly where: string }): Model {
  const model = readMagentaJs(bytes, where);
  const { config, classes } = model;
  if (config.conditional || classes[0] !== name) {
    const got = `${config.conditional ? 'encoder and decoder' : 'a decoder'} of ${classes[0]}`;
    throw new ModelError(`${where}: expected a decoder of ${name}, got ${got} - is it another file of the bucket?`);
  }
  return model;
}

function knownName(name: string): string {
  const wanted = name.replace(PREFIX, '').trim();
  const meant = wanted.toLowerCase().replaceAll(/[\s_-]+/g, '_');
  const found = NAMES.find((each) => each === meant);
  if (found !== undefined) return found;
  throw new ModelError(
    `${name}: expected one of Magenta's ${NAMES.length} public models, got "${wanted}" - ${nearest(meant, NAMES)}`,
  );
}
