import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { DataError } from '../error.ts';
import { ENDINGS, formatOfName, type Format } from '../format.ts';
import { toNdjsonLine } from '../ndjson.ts';
import { toNpz } from '../npz-writer.ts';
import { toQuickDrawRecord } from '../quickdraw-binary.ts';
import type { Drawing } from '../sketch.ts';
import { toSketchFile } from '../sketch-json.ts';
import { toSvg } from '../svg.ts';
import { fileError } from './files.ts';

type Writer = (drawings: AsyncIterable<Drawing>, path: string) => AsyncGenerator<string | Uint8Array>;

/** How each format is written, piece by piece. */
const WRITERS: Readonly<Record<Format, Writer>> = {
  async *npz(drawings) {
    const all: Drawing[] = [];
    for await (const drawing of drawings) all.push(drawing);
    yield toNpz(all);
  },
  async *ndjson(drawings) {
    for await (const drawing of drawings) yield toNdjsonLine(drawing);
  },
  async *bin(drawings, path) {
    let number = 1;
    for await (const drawing of drawings) yield toQuickDrawRecord(drawing, `${path} drawing ${number++}`);
  },
  async *svg(drawings, path) {
    yield toSvg(await only(drawings, path));
  },
  async *json(drawings, path) {
    yield `${JSON.stringify(toSketchFile(await only(drawings, path)))}\n`;
  },
};

/**
 * Writes drawings in the format the path's ending names (`.npz`, `.ndjson`, `.bin`, `.svg`, `.json`; gzipped with `.gz` after it).
 *
 * The file is written aside, flushed and renamed, so that no reader meets half of it and a failure leaves what was there.
 * Drawings for `.ndjson` and `.bin` are not held in memory; `.svg` and `.json` hold one drawing.
 *
 * @throws DataError for another ending, no drawings, two where one fits, a drawing that the format cannot hold, and a path
 *   that cannot be written
 */
export async function writeDrawings(path: string, drawings: AsyncIterable<Drawing> | Iterable<Drawing>): Promise<void> {
  const named = formatOfName(path);
  if (!named) throw new DataError(`${path}: expected a name ending in ${ENDINGS}, got another - choose one of them`);
  const pieces = WRITERS[named.format](someOf(drawings, path), path);
  const aside = `${path}.${randomUUID()}.partial`;
  const file = createWriteStream(aside, { flags: 'wx', flush: true });
  try {
    await (named.gzip ? pipeline(pieces, createGzip(), file) : pipeline(pieces, file));
    await rename(aside, path);
  } catch (error) {
    // Still being opened where the drawings failed at once: removed before that, it would be there again.
    if (!file.closed) await new Promise<void>((resolve) => file.once('close', () => resolve()));
    await rm(aside, { force: true });
    throw fileError(path, error, 'a place to write to');
  }
}

async function* someOf(drawings: AsyncIterable<Drawing> | Iterable<Drawing>, path: string): AsyncGenerator<Drawing> {
  let count = 0;
  for await (const drawing of drawings) {
    count++;
    yield drawing;
  }
  if (count === 0) throw new DataError(`${path}: expected drawings to write, got none - nothing was written`);
}

async function only(drawings: AsyncIterable<Drawing>, path: string): Promise<Drawing> {
  let first: Drawing | undefined;
  for await (const drawing of drawings) {
    if (first) throw new DataError(`${path}: expected one drawing, got more - write them to .ndjson or .npz`);
    first = drawing;
  }
  return first as Drawing;
}
