import { join } from 'node:path';
import { quickDrawClass } from '../quickdraw-classes.ts';
import { defaultCacheFolder } from './cache.ts';
import { fetchOnce } from './cached.ts';
import type { Progress } from './download.ts';
import type { Pace } from './patience.ts';
import type { Remedies } from './response.ts';

/** The public bucket of Quick, Draw!. */
export const QUICKDRAW_URL = 'https://storage.googleapis.com/quickdraw_dataset/';

/** Several times what the largest of the bucket's files for Sketch-RNN takes. */
const MAX_BYTES = 256 * 2 ** 20;

export interface QuickDrawOptions {
  /** Where a copy of the bucket is served (SKETCH_RNN_QUICKDRAW_URL); `QUICKDRAW_URL` by default. */
  readonly baseUrl?: string | undefined;
  /** Where files are kept (SKETCH_RNN_CACHE); `defaultCacheFolder()` by default. */
  readonly cacheFolder?: string | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly pace?: Pace | undefined;
}

/**
 * The path of a class of Quick, Draw! as Magenta's `.npz` (70,000 drawings to train, 2,500 to validate, 2,500 to test, in
 * that split), fetched once and then kept.
 *
 * That file rather than `full/simplified/<class>.ndjson`: fewer bytes, and the split that published figures use.
 *
 * @throws DataError for a name that is no class; where the file cannot be had, saying what else there is
 * @throws the signal's reason, where it aborts
 */
export async function fetchQuickDraw(name: string, options: QuickDrawOptions = {}): Promise<string> {
  const { baseUrl = QUICKDRAW_URL, cacheFolder = defaultCacheFolder(), ...rest } = options;
  const className = quickDrawClass(name);
  const path = join(cacheFolder, 'quickdraw', `${className}.npz`);
  const bucket = { baseUrl, variable: 'SKETCH_RNN_QUICKDRAW_URL', publicUrl: QUICKDRAW_URL };
  const file = `sketchrnn/${encodeURIComponent(className)}.npz`;
  await fetchOnce({ bucket, file, path, maxBytes: MAX_BYTES, remedies: remedies(className, path), ...rest });
  return path;
}

function remedies(className: string, path: string): Remedies {
  return {
    missing: 'does SKETCH_RNN_QUICKDRAW_URL name a copy of the whole bucket, with its folder sketchrnn?',
    unreachable:
      `if there is no network here, use demo:owl (synthetic, built in) or the path of a .npz, .ndjson, .bin, .svg or .json ` +
      `file, set SKETCH_RNN_QUICKDRAW_URL to a copy of the bucket, or put its sketchrnn/${className}.npz at ${path}`,
  };
}
