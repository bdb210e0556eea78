import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { DataError } from '../error.ts';
import { formatOfName, isGzip } from '../format.ts';

/**
 * The bytes of a file, unpacked where they are gzip's.
 *
 * @param name whether the name promises gzip; the two must agree. Undefined: the bytes alone decide
 */
export async function* byteStream(path: string, name?: { readonly gzip: boolean }): AsyncGenerator<Uint8Array> {
  try {
    const gzip = await beginsAsGzip(path);
    if (name && name.gzip !== gzip) {
      const [expected, got] = gzip ? ['a plain file', 'a gzip file'] : ['a gzip file', 'a plain one'];
      throw new DataError(
        `${path}: expected ${expected} by its name, got ${got} - ${gzip ? 'add .gz to' : 'drop .gz from'} its name`,
      );
    }
    const file = createReadStream(path);
    // What goes wrong reaches whoever iterates; the callback is only asked for.
    const bytes: Readable = gzip ? pipeline(file, createGunzip(), () => {}) : file;
    yield* bytes as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw fileError(path, error);
  }
}

/** Files in a folder, and in the folders in it, whose names end in one of our formats; sorted by name. */
export async function dataFiles(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw fileError(folder, error);
  });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    // Links to files are followed, links to folders are not: they may lead in a circle.
    if (entry.isDirectory()) found.push(...(await dataFiles(path)));
    else if (formatOfName(entry.name) && (entry.isFile() || (await stat(path)).isFile())) found.push(path);
  }
  return found;
}

const REMEDIES: Readonly<Record<string, readonly [got: string, remedy: string]>> = {
  ENOENT: ['nothing there', 'check the path'],
  ENOTDIR: ['a path through a file', 'check the path'],
  EISDIR: ['a folder', 'name a file in it'],
  EACCES: ['no permission', 'check whose it is'],
  EPERM: ['no permission', 'check whose it is'],
  EROFS: ['a disk that cannot be written', 'choose another place'],
  ENOSPC: ['a full disk', 'make room'],
  Z_BUF_ERROR: ['gzip data that is cut short', 'fetch the file again'],
  Z_DATA_ERROR: ['damaged gzip data', 'fetch the file again'],
};

/**
 * What a user is told about an error of the file system or of gzip; any other is handed back.
 *
 * @param expected what the path was to be
 */
export function fileError(path: string, error: unknown, expected = 'a file to read'): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known = Object.hasOwn(REMEDIES, code) ? REMEDIES[code] : undefined;
  return known
    ? new DataError(`${path}: expected ${expected}, got ${known[0]} - ${known[1]}`, { cause: error })
    : error;
}

async function beginsAsGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(3), 0, 3, 0);
    return isGzip(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}
