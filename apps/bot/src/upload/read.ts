/** Bytes from strangers, read as a drawing in the units the model knows. */
import {
  DataError,
  fromStroke3,
  readSketchJson,
  readSvg,
  simplifyLikeQuickDraw,
  simplifyStroke,
  type Sketch,
} from '@sketch-rnn/data';
import { MAX_TEXT_BYTES } from './limits.ts';
import { UploadError } from './problem.ts';
import { isRaster, readRaster } from './raster.ts';

/** Tags an SVG may have: a drawing has hundreds. */
const MAX_TAGS = 10_000;

/** Units across that a sketch file may have to be taken as it is: those of Quick, Draw!. */
const OWN_UNITS = 256;

/** How far a line may be simplified to have few enough points, in units of 255 across. */
const EPSILONS = [0, 2, 3, 4, 6, 8];

/**
 * A drawing of at most `maxPoints` points, 0..255.
 *
 * @throws UploadError
 */
export async function readDrawing(bytes: Uint8Array, maxPoints: number): Promise<Sketch> {
  const sketch = isRaster(bytes) ? simplifyLikeQuickDraw(await readRaster(bytes)) : readText(bytes);
  for (const epsilon of EPSILONS) {
    const simplified = sketch.map((stroke) => simplifyStroke(stroke, epsilon));
    if (pointsOf(simplified) <= maxPoints) return simplified;
  }
  throw new UploadError('tooComplex');
}

function readText(bytes: Uint8Array): Sketch {
  if (bytes.length > MAX_TEXT_BYTES) throw new UploadError(isText(bytes) ? 'fileTooLarge' : 'notADrawing');
  const start = new TextDecoder().decode(bytes.subarray(0, 64)).trimStart();
  const isSvg = start.startsWith('<');
  if (!isSvg && !start.startsWith('{')) throw new UploadError('notADrawing');
  if (isSvg && bytes.filter((byte) => byte === LESS_THAN).length > MAX_TAGS) throw new UploadError('tooComplex');
  try {
    const options = { where: 'upload' };
    const [drawing] = isSvg ? readSvg(bytes, options) : readSketchJson(bytes, options);
    if (!drawing) throw new UploadError('emptyDrawing');
    const sketch = fromStroke3(drawing.stroke3);
    return !isSvg && sizeOf(sketch) > OWN_UNITS ? simplifyLikeQuickDraw(sketch) : sketch;
  } catch (error) {
    throw error instanceof DataError ? new UploadError(problemOf(error), { cause: error }) : error;
  }
}

const LESS_THAN = '<'.charCodeAt(0);

/** Readers say "empty drawing" and "a single point" of drawings without lines, "at most" of those with too many. */
function problemOf({ message }: DataError): 'emptyDrawing' | 'tooComplex' | 'notADrawing' {
  if (/empty drawing|single point/.test(message)) return 'emptyDrawing';
  return /expected (at most|a line of at most)/.test(message) ? 'tooComplex' : 'notADrawing';
}

function isText(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 512).every((byte) => byte >= 32 || (byte >= 9 && byte <= 13));
}

function pointsOf(sketch: Sketch): number {
  return sketch.reduce((sum, stroke) => sum + stroke.length, 0);
}

/** The longer side of the box around a sketch. */
function sizeOf(sketch: Sketch): number {
  const points = sketch.flat();
  const extent = (values: readonly number[]): number =>
    values.reduce((most, value) => Math.max(most, value), -Infinity) -
    values.reduce((least, value) => Math.min(least, value), Infinity);
  return Math.max(extent(points.map(([x]) => x)), extent(points.map(([, y]) => y)));
}
