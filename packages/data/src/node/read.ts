import { stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { DataError } from '../error.ts';
import { ENDINGS, formatOfName, type Format } from '../format.ts';
import { readFormat } from '../read.ts';
import type { ReadOptions } from '../reading.ts';
import type { Drawing } from '../sketch.ts';
import { byteStream, dataFiles, fileError } from './files.ts';

/** Options of `readDrawings`; places are the paths. */
export interface ReadDrawingsOptions extends Omit<ReadOptions, 'where' | 'className'> {
  /** What a file is, whatever its ending says; of a folder, the files to read. By default endings say. */
  readonly format?: Format;
}

/**
 * Reads the drawings of a file, or of all such files in a folder and the folders in it, in the order of their names.
 *
 * A drawing's class is what the file says; else the file's name without its ending for `.npz`, `.ndjson` and `.bin`, and for
 * SVG and sketch files in a folder the name of the folder they stand in.
 *
 * @param path as a user gives it
 * @throws DataError for a path that does not exist or holds no drawings, a file that is not what its name says, damaged or cut short
 *   ones; for a bad drawing too, unless `onBadDrawing` is given
 */
export async function* readDrawings(path: string, options: ReadDrawingsOptions = {}): AsyncGenerator<Drawing> {
  let read = 0;
  for await (const drawing of allDrawings(path, options)) {
    read++;
    yield drawing;
  }
  if (read === 0)
    throw new DataError(`${path}: expected drawings, got none that can be used - look at what was skipped`);
}

/** The class that a file's name stands for: `owl` for `data/owl.full.ndjson.gz`. */
export function classOfName(path: string): string {
  return basename(path).replace(/(\.full)?\.[a-z]+(\.gz)?$/i, '');
}

async function* allDrawings(path: string, options: ReadDrawingsOptions): AsyncGenerator<Drawing> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    (error: unknown) => {
      throw fileError(path, error);
    },
  );
  if (!isFolder) {
    yield* readFile(path, options);
    return;
  }
  const { format } = options;
  const files = (await dataFiles(path)).filter((file) => !format || formatOfName(file)?.format === format);
  if (files.length === 0)
    throw new DataError(`${path}: expected a folder with files (${ENDINGS}), got none - check the path`);
  for (const file of files) yield* readFile(file, options, basename(dirname(resolve(file))));
}

async function* readFile(path: string, options: ReadDrawingsOptions, folder?: string): AsyncGenerator<Drawing> {
  const { format: given, ...rest } = options;
  const named = formatOfName(path);
  const format = given ?? named?.format;
  if (!format)
    throw new DataError(`${path}: expected a file ending in ${ENDINGS}, got another - say which format it is`);
  const className = format === 'svg' || format === 'json' ? folder : classOfName(path);
  const chunks = byteStream(path, named && { gzip: named.gzip });
  yield* readFormat(chunks, format, { ...rest, where: path, ...(className !== undefined && { className }) });
}
