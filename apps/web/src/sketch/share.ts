/**
 * A sketch in an address: the points themselves, so that a link opens the same drawing after the model has changed.
 *
 * Positions on a grid of 256 x 256, then differences as variable-length numbers, as base64url. Each stroke is preceded by its number of
 * points; the first byte is the version.
 */
import type { Point, Sketch, Stroke } from '@sketch-rnn/data';
import { fitToSquare } from '@sketch-rnn/data';

const VERSION = 1;
const GRID = 255;

/** More than any model draws: a link that says more is no link of ours. */
const MOST_POINTS = 2000;

/** The sketch as text for a fragment. */
export function encodeSketch(sketch: Sketch): string {
  const bytes = [VERSION];
  let [x, y] = [0, 0];
  for (const stroke of fitToSquare(sketch, GRID)) {
    if (stroke.length === 0) continue;
    pushNumber(bytes, stroke.length);
    for (const point of stroke) {
      const [toX, toY] = [Math.round(point[0]), Math.round(point[1])];
      pushNumber(bytes, zigzag(toX - x));
      pushNumber(bytes, zigzag(toY - y));
      [x, y] = [toX, toY];
    }
  }
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** The sketch of a fragment; undefined where it is none of ours: cut short, edited, from a later version. */
export function decodeSketch(text: string): Sketch | undefined {
  const bytes = bytesOf(text);
  if (bytes?.[0] !== VERSION) return undefined;
  let at = 1;
  let [x, y] = [0, 0];
  let points = 0;
  const strokes: Stroke[] = [];
  const next = (): number => {
    let value = 0;
    for (let shift = 0; shift < 21; shift += 7) {
      const byte = bytes[at++];
      if (byte === undefined) return Number.NaN;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    return Number.NaN;
  };
  while (at < bytes.length) {
    const length = next();
    points += length;
    if (!(length > 0 && points <= MOST_POINTS)) return undefined;
    const stroke: Point[] = [];
    for (let i = 0; i < length; i++) {
      [x, y] = [x + unzigzag(next()), y + unzigzag(next())];
      if (!(x >= 0 && x <= GRID && y >= 0 && y <= GRID)) return undefined;
      stroke.push([x, y]);
    }
    strokes.push(stroke);
  }
  return strokes.length > 0 ? strokes : undefined;
}

function bytesOf(text: string): Uint8Array | undefined {
  if (!/^[\w-]+$/.test(text)) return undefined;
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
      character.charCodeAt(0),
    );
  } catch {
    // A length that base64 cannot have.
    return undefined;
  }
}

/** Seven bits a byte, the lowest first; the eighth says that there are more. */
function pushNumber(bytes: number[], value: number): void {
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>= 7;
  }
  bytes.push(rest);
}

/** 0, -1, 1, -2, ... as 0, 1, 2, 3, ... */
function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

function unzigzag(value: number): number {
  return Number.isNaN(value) ? value : value & 1 ? -(value + 1) / 2 : value / 2;
}
