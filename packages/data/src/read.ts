import { DataError } from './error.ts';
import { checkContent, type Format } from './format.ts';
import { join } from './lines.ts';
import { readNdjson } from './ndjson.ts';
import { readNpz } from './npz.ts';
import { readQuickDrawBinary } from './quickdraw-binary.ts';
import type { ReadOptions } from './reading.ts';
import type { Drawing } from './sketch.ts';
import { readSketchJson } from './sketch-json.ts';
import { readSvg } from './svg.ts';

/** Formats that are read as a whole, and how many bytes that may be. */
const WHOLE = {
  npz: { read: readNpz, maxBytes: 2 ** 31 },
  svg: { read: readSvg, maxBytes: 2 ** 24 },
  json: { read: readSketchJson, maxBytes: 2 ** 24 },
} as const;

/** How many first bytes tell what a file is. */
const HEAD_BYTES = 512;

/**
 * Reads the drawings of a file of a known format, unpacked if it was gzipped; `.ndjson` and `.bin` in bounded memory.
 *
 * @param chunks its bytes; a file dropped on a page has them as `file.stream()`
 * @throws DataError for a file that is empty, cut short or of another kind, and for bad drawings unless `onBadDrawing` is given
 */
export async function* readFormat(
  chunks: AsyncIterable<Uint8Array>,
  format: Format,
  options: ReadOptions,
): AsyncGenerator<Drawing> {
  const checked = withHead(chunks, (head) => {
    if (head.length === 0)
      throw new DataError(`${options.where}: expected drawings, got an empty file - fetch it again`);
    checkContent(head, format, options.where);
  });
  switch (format) {
    case 'ndjson':
      yield* readNdjson(checked, options);
      break;
    case 'bin':
      yield* readQuickDrawBinary(checked, options);
      break;
    default: {
      const { read, maxBytes } = WHOLE[format];
      yield* read(await collect(checked, maxBytes, options.where), options);
    }
  }
}

/** The same bytes, the first of which have been looked at. */
async function* withHead(
  chunks: AsyncIterable<Uint8Array>,
  look: (head: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  let head: Uint8Array | undefined = new Uint8Array(0);
  for await (const chunk of chunks) {
    if (head === undefined) {
      yield chunk;
      continue;
    }
    head = join([head, chunk], head.length + chunk.length);
    if (head.length < HEAD_BYTES) continue;
    look(head.subarray(0, HEAD_BYTES));
    yield head;
    head = undefined;
  }
  if (head === undefined) return;
  look(head);
  yield head;
}

async function collect(chunks: AsyncIterable<Uint8Array>, limit: number, where: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    bytes += chunk.length;
    if (bytes > limit) {
      throw new DataError(`${where}: expected at most ${limit / 2 ** 20} MB, got more - split the file`);
    }
  }
  return join(parts, bytes);
}
