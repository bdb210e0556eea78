/**
 * Quick, Draw!'s `.ndjson`: one JSON object a line with `word` and `drawing`, a list of strokes. A simplified stroke is
 * `[xs, ys]`; a raw one `[xs, ys, times]`, in pixels of the device it was drawn on.
 */
import { DataError } from './error.ts';
import { readLines } from './lines.ts';
import { accept, describe, type Found, type ReadOptions } from './reading.ts';
import type { Drawing, Point, Stroke } from './sketch.ts';
import { placed } from './written.ts';

/** Reads simplified and raw drawings from a stream; memory holds one line at a time. */
export async function* readNdjson(chunks: AsyncIterable<Uint8Array>, options: ReadOptions): AsyncGenerator<Drawing> {
  for await (const { text, number } of readLines(chunks, options.where)) {
    if (text.trim() === '') continue;
    const where = `${options.where} line ${number}`;
    yield* accept(where, options, () => parseLine(text, where, options.simplify ?? true));
  }
}

/** One line, its line end included: strokes as they are, moved so that the drawing begins at 0 in both directions. */
export function toNdjsonLine({ stroke3, className = '' }: Drawing): string {
  const drawing = placed(stroke3).strokes.map((stroke) => [stroke.map(([x]) => x), stroke.map(([, y]) => y)]);
  return `${JSON.stringify({ word: className, countrycode: '', recognized: true, key_id: '', drawing })}\n`;
}

function parseLine(text: string, where: string, simplify: boolean): Found {
  const value = parseObject(text, where);
  const { drawing, word } = value;
  if (!Array.isArray(drawing)) {
    const remedy = value['format'] === 'sketch' ? 'is this a sketch file? Name it .json' : 'is this Quick, Draw! data?';
    throw new DataError(`${where}: expected "drawing", a list of strokes, got ${describe(drawing)} - ${remedy}`);
  }
  if (word !== undefined && typeof word !== 'string') {
    throw new DataError(`${where}: expected "word", the name of a class, got ${describe(word)} - correct the line`);
  }
  return {
    sketch: drawing.map((stroke, index) => parseStroke(stroke, `${where} stroke ${index + 1}`)),
    simplify: simplify && drawing.some((stroke: unknown[]) => stroke.length > 2),
    className: word === '' ? undefined : word,
  };
}

function parseObject(text: string, where: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new DataError(
      `${where}: expected one JSON object, got ${describe(text)} (${(error as Error).message}) - was the file cut short?`,
      { cause: error },
    );
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new DataError(`${where}: expected one JSON object, got ${describe(value)} - is this Quick, Draw! data?`);
}

function parseStroke(value: unknown, where: string): Stroke {
  if (!Array.isArray(value) || value.length < 2 || value.length > 3) {
    throw new DataError(`${where}: expected [xs, ys] or [xs, ys, times], got ${describe(value)} - correct the line`);
  }
  const xs = parseNumbers(value[0], `${where} xs`);
  const ys = parseNumbers(value[1], `${where} ys`);
  if (xs.length !== ys.length) {
    throw new DataError(
      `${where}: expected as many ys as xs, got ${xs.length} xs and ${ys.length} ys - correct the line`,
    );
  }
  return xs.map((x, i): Point => [x, ys[i] as number]);
}

function parseNumbers(value: unknown, where: string): readonly number[] {
  if (Array.isArray(value) && value.every((item) => typeof item === 'number')) return value;
  throw new DataError(`${where}: expected a list of numbers, got ${describe(value)} - correct the line`);
}
