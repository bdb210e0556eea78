/**
 * Quick, Draw!'s `.bin` (googlecreativelab/quickdraw-dataset, "Binary files"), little-endian records one after the other:
 * u64 key_id, 2 bytes country, i8 recognized, u32 time, u16 strokes; a stroke is u16 n, n x u8 x, n x u8 y.
 */
import { DataError } from './error.ts';
import { join } from './lines.ts';
import { accept, type ReadOptions } from './reading.ts';
import type { Drawing, Point, Sketch } from './sketch.ts';
import { placed } from './written.ts';

const RECOGNIZED_AT = 10;
const STROKES_AT = 15;
const HEADER_BYTES = 17;

/** A drawing of 10,000 points is a fiftieth of this; a count made up must not fill the memory. */
const MAX_BYTES = 2 ** 20;

const OTHER_FORMATS = 'write .ndjson or .npz, which hold any drawing';

/** Reads drawings from a stream; memory holds one chunk and one record. The file names no class. */
export async function* readQuickDrawBinary(
  chunks: AsyncIterable<Uint8Array>,
  options: ReadOptions,
): AsyncGenerator<Drawing> {
  let rest = new Uint8Array(0);
  let number = 1;
  for await (const chunk of chunks) {
    const bytes = join([rest, chunk], rest.length + chunk.length);
    const view = new DataView(bytes.buffer);
    let at = 0;
    for (let end = recordEnd(view, at); end <= bytes.length; end = recordEnd(view, at)) {
      const where = `${options.where} drawing ${number++}`;
      checkRecognized(view.getInt8(at + RECOGNIZED_AT), where);
      const start = at;
      yield* accept(where, options, () => ({ sketch: parseStrokes(view, start), simplify: false }));
      at = end;
    }
    rest = bytes.slice(at);
    if (rest.length > MAX_BYTES) throw notARecord(`${options.where} drawing ${number}`, 'one of over 1 MB');
  }
  if (rest.length > 0)
    throw notARecord(`${options.where} drawing ${number}`, `${rest.length} bytes and the end of the file`);
}

/**
 * One record: the drawing moved so that it begins at 0 in both directions, recognized, with nothing about who drew it. It
 * holds no class and no split.
 *
 * @throws DataError for coordinates other than whole numbers 0..255, and for more strokes or points than 16 bits count
 */
export function toQuickDrawRecord({ stroke3 }: Drawing, where: string): Uint8Array {
  const { strokes } = placed(stroke3);
  const record = new Uint8Array(strokes.reduce((sum, { length }) => sum + 2 + 2 * length, HEADER_BYTES));
  const view = new DataView(record.buffer);
  view.setInt8(RECOGNIZED_AT, 1);
  view.setUint16(STROKES_AT, checkCount(strokes.length, 'strokes', where), true);
  let next = HEADER_BYTES;
  for (const stroke of strokes) {
    view.setUint16(next, checkCount(stroke.length, 'points in a stroke', where), true);
    const xs = next + 2;
    const ys = xs + stroke.length;
    for (const [i, [x, y]] of stroke.entries()) {
      record[xs + i] = checkCoordinate(x, where);
      record[ys + i] = checkCoordinate(y, where);
    }
    next = ys + stroke.length;
  }
  return record;
}

/** Where the record ends that begins at `at`; past the bytes at hand where they do not tell. */
function recordEnd(view: DataView, at: number): number {
  let end = at + HEADER_BYTES;
  if (end > view.byteLength) return Infinity;
  const strokes = view.getUint16(at + STROKES_AT, true);
  for (let i = 0; i < strokes; i++) {
    if (end + 2 > view.byteLength) return Infinity;
    end += 2 + 2 * view.getUint16(end, true);
  }
  return end;
}

function parseStrokes(view: DataView, at: number): Sketch {
  let next = at + HEADER_BYTES;
  return Array.from({ length: view.getUint16(at + STROKES_AT, true) }, () => {
    const n = view.getUint16(next, true);
    const xs = next + 2;
    next = xs + 2 * n;
    return Array.from({ length: n }, (_, i): Point => [view.getUint8(xs + i), view.getUint8(xs + n + i)]);
  });
}

/** The format has no magic number; this byte is the one that says early that a file is something else. */
function checkRecognized(recognized: number, where: string): void {
  if (recognized !== 0 && recognized !== 1) throw notARecord(where, `one with recognized ${recognized}, not 0 or 1`);
}

function notARecord(where: string, got: string): DataError {
  return new DataError(
    `${where}: expected a whole record, got ${got} - is this Quick, Draw! binary? Download it again`,
  );
}

function checkCount(count: number, what: string, where: string): number {
  if (count < 2 ** 16) return count;
  throw new DataError(`${where}: expected fewer than ${2 ** 16} ${what}, got ${count} - ${OTHER_FORMATS}`);
}

function checkCoordinate(value: number, where: string): number {
  if (Number.isInteger(value) && value <= 255) return value;
  throw new DataError(`${where}: expected coordinates that are whole numbers 0..255, got ${value} - ${OTHER_FORMATS}`);
}
