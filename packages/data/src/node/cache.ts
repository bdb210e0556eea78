/**
 * The cache folder, and files on their way into it.
 *
 * The name of a part file carries the strong ETag of what it is part of, so it can be gone on with after any interruption
 * and needs no lock: two processes that fetch one version write the same bytes to the same places of the same file.
 */
import envPaths from 'env-paths';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** The beginning of a file, its length a multiple of nothing in particular. */
export interface Part {
  readonly path: string;
  readonly etag: string;
  readonly bytes: number;
}

/** Where this user's system keeps what can be fetched again (XDG_CACHE_HOME, ~/Library/Caches, %LOCALAPPDATA%). */
export function defaultCacheFolder(): string {
  return envPaths('sketch-rnn', { suffix: '' }).cache;
}

/** Where the part of `path` with this ETag is written; the ETag is made fit for a file name on any system. */
export function partPath(path: string, etag: string): string {
  return `${path}.${encodeURIComponent(etag).replaceAll('*', '%2A')}.part`;
}

/** What there already is of `path`, the longest part where several versions were begun. */
export async function findPart(path: string): Promise<Part | undefined> {
  const prefix = `${basename(path)}.`;
  const names = await readdir(dirname(path));
  const parts = await Promise.all(
    names
      .filter((name) => name.startsWith(`${prefix}%22`) && name.endsWith('%22.part'))
      .map(async (name): Promise<Part[]> => {
        const part = join(dirname(path), name);
        const bytes = await sizeOf(part);
        return bytes
          ? [{ path: part, etag: decodeURIComponent(name.slice(prefix.length, -'.part'.length)), bytes }]
          : [];
      }),
  );
  return parts.flat().toSorted((a, b) => b.bytes - a.bytes)[0];
}

/** Forgets a part file, if it is still there. */
export async function discard(part: string): Promise<void> {
  await rm(part, { force: true });
}

/**
 * Whether the file at `path` is not what it should be: so many bytes, and this MD5 (base64) where one is known.
 *
 * One that is gone is not judged: another process that was first with it has judged and published it.
 */
export async function isOther(path: string, bytes: number, md5: string | undefined): Promise<boolean> {
  const size = await sizeOf(path);
  if (size === undefined) return false;
  if (size !== bytes) return true;
  if (md5 === undefined) return false;
  const hash = createHash('md5');
  try {
    await pipeline(createReadStream(path), hash);
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
  return hash.digest('base64') !== md5;
}

/**
 * Gives a finished part its name in one step.
 *
 * @returns false where neither it nor the named file is there any more
 */
export async function publish(part: string, path: string): Promise<boolean> {
  try {
    await rename(part, path);
    return true;
  } catch (error) {
    // Another process may have been first with the same file.
    if (isMissing(error)) return await exists(path);
    throw error;
  }
}

export async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
