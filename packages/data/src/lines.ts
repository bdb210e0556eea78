import { strFromU8 } from 'fflate';
import { DataError } from './error.ts';

/** A drawing of 10,000 points with times is a fiftieth of this; a file without line ends must not fill the memory. */
const MAX_BYTES = 16 * 2 ** 20;

const LINE_END = 10;

export interface Line {
  readonly text: string;
  /** Counted from 1. */
  readonly number: number;
}

/** Lines of UTF-8 text, without their ends; memory holds one line and one chunk. */
export async function* readLines(chunks: AsyncIterable<Uint8Array>, where: string): AsyncGenerator<Line> {
  let number = 1;
  let parts: Uint8Array[] = [];
  let bytes = 0;
  const take = (part: Uint8Array): void => {
    parts.push(part);
    bytes += part.length;
    if (bytes <= MAX_BYTES) return;
    throw new DataError(
      `${where} line ${number}: expected a line of at most ${MAX_BYTES / 2 ** 20} MB, got a longer one - is this ndjson, one drawing a line?`,
    );
  };
  const line = (): Line => {
    const text = strFromU8(parts.length === 1 ? (parts[0] as Uint8Array) : join(parts, bytes));
    parts = [];
    bytes = 0;
    // A byte order mark is no part of the first line.
    return { text: number === 1 ? text.replace(/^\uFEFF/, '') : text, number: number++ };
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_END); end >= 0; end = chunk.indexOf(LINE_END, start)) {
      take(chunk.subarray(start, end));
      yield line();
      start = end + 1;
    }
    // Copied, since the source may use the memory of its chunk again.
    if (start < chunk.length) take(chunk.slice(start));
  }
  if (bytes > 0) yield line();
}

/** Several pieces as one. */
export function join(parts: readonly ArrayLike<number>[], bytes: number): Uint8Array {
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
