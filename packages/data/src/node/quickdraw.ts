import { join } from 'node:path';
import { DataError } from '../error.ts';
import { quickDrawClass } from '../quickdraw-classes.ts';
import { defaultCacheFolder, exists } from './cache.ts';
import { download, type Progress } from './download.ts';
import { realPace, type Pace } from './patience.ts';
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
  const { baseUrl = QUICKDRAW_URL, cacheFolder = defaultCacheFolder(), pace = realPace, ...rest } = options;
  const className = quickDrawClass(name);
  const path = join(cacheFolder, 'quickdraw', `${className}.npz`);
  try {
    if (await exists(path)) return path;
    const url = fileUrl(baseUrl, className);
    await download({ url, path, maxBytes: MAX_BYTES, pace, remedies: remedies(className, path), ...rest });
    return path;
  } catch (error) {
    // Failures of the network are answers within `download`: what has a system call is the disk's.
    if (!(error instanceof Error && 'syscall' in error && 'code' in error)) throw error;
    throw new DataError(
      `${path}: expected to keep a download there, got ${String(error.code)} - ` +
        'make room, or set SKETCH_RNN_CACHE to a folder that can be written',
      { cause: error },
    );
  }
}

/** @throws DataError where the base is no address of the web */
function fileUrl(baseUrl: string, className: string): URL {
  if (!/^https?:/i.test(baseUrl) || !URL.canParse(baseUrl)) {
    throw new DataError(
      `SKETCH_RNN_QUICKDRAW_URL: expected an http or https address, got "${baseUrl}" - its default is ${QUICKDRAW_URL}`,
    );
  }
  return new URL(`sketchrnn/${encodeURIComponent(className)}.npz`, baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`);
}

function remedies(className: string, path: string): Remedies {
  return {
    missing: 'does SKETCH_RNN_QUICKDRAW_URL name a copy of the whole bucket, with its folder sketchrnn?',
    unreachable:
      `if there is no network here, use demo:owl (synthetic, built in) or the path of a .npz, .ndjson, .bin, .svg or .json ` +
      `file, set SKETCH_RNN_QUICKDRAW_URL to a copy of the bucket, or put its sketchrnn/${className}.npz at ${path}`,
  };
}
