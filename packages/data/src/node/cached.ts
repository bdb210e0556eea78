/** Files that are fetched once and then kept. */
import { DataError } from '../error.ts';
import { exists } from './cache.ts';
import { download, type DownloadRequest } from './download.ts';
import { realPace, type Pace } from './patience.ts';

/** Where a bucket, or a copy of it, is served. */
export interface Bucket {
  /** With or without a slash at its end. */
  readonly baseUrl: string;
  /** The environment variable that names a copy. */
  readonly variable: string;
  /** The public one. */
  readonly publicUrl: string;
}

/** What is to be kept, and where it is from. */
export interface CachedFile extends Omit<DownloadRequest, 'url' | 'pace'> {
  readonly bucket: Bucket;
  /** Its address below the bucket, each part fit for an address. */
  readonly file: string;
  /** Time and chance; those of the world by default. */
  readonly pace?: Pace | undefined;
}

/**
 * Fetches a file of a bucket to `path`, unless there is one already.
 *
 * @returns the address it was fetched from; undefined where it was there
 * @throws DataError where it cannot be had or kept
 * @throws the signal's reason, where it aborts
 */
export async function fetchOnce({
  bucket,
  file,
  pace = realPace,
  ...request
}: CachedFile): Promise<string | undefined> {
  const { path } = request;
  try {
    if (await exists(path)) return undefined;
    const url = urlIn(bucket, file);
    await download({ ...request, url, pace });
    return url.href;
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
function urlIn({ baseUrl, variable, publicUrl }: Bucket, file: string): URL {
  if (!/^https?:/i.test(baseUrl) || !URL.canParse(baseUrl)) {
    throw new DataError(
      `${variable}: expected an http or https address, got "${baseUrl}" - its default is ${publicUrl}`,
    );
  }
  return new URL(file, baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`);
}
