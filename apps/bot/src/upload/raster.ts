import sharp from 'sharp';
import type { Sketch } from '@sketch-rnn/data';
import { trace, TraceError } from '@sketch-rnn/trace';
import { UploadError } from './problem.ts';

/** Pixels a picture may have: a telephone's photo has 12 to 50 million, a bomb of 31 kB more than 250. */
const MAX_PIXELS = 50e6;

/** Longest side that is looked at, px: more shows no more of a drawing. */
const SIDE = 1280;

/** What a file of each kind begins with, in hexadecimal. */
const SIGNATURES: readonly RegExp[] = [/^89504e470d0a1a0a/, /^ffd8ff/, /^52494646.{8}57454250/, /^474946383[79]61/];

/**
 * Leaves sharp the decoders that are needed and no other: those of the kinds of picture that are taken, and of SVG, in which our own pictures are drawn and strangers' never (`isRaster`).
 */
export function blockOtherFormats(): void {
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({
    operation: ['Png', 'Jpeg', 'Webp', 'Nsgif', 'Svg'].map((format) => `VipsForeignLoad${format}Buffer`),
  });
}

/** Whether bytes begin as a PNG, JPEG, WebP or GIF file. */
export function isRaster(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 16)).toString('hex');
  return SIGNATURES.some((signature) => signature.test(head));
}

/**
 * The lines of a picture as strokes, px.
 *
 * @throws UploadError for damaged or huge pictures, and such without lines
 */
export async function readRaster(bytes: Uint8Array): Promise<Sketch> {
  const { data, width, height } = await decode(bytes);
  let sketch: Sketch;
  try {
    sketch = trace({ data, width, height });
  } catch (error) {
    throw error instanceof TraceError ? new UploadError('emptyDrawing', { cause: error }) : error;
  }
  if (sketch.every((stroke) => stroke.length < 2)) throw new UploadError('emptyDrawing');
  return sketch;
}

async function decode(bytes: Uint8Array) {
  try {
    const { pages = 1 } = await sharp(bytes, { limitInputPixels: MAX_PIXELS }).metadata();
    // Of an animation the last picture: a drawing that is being drawn is finished there.
    const { data, info } = await sharp(bytes, { limitInputPixels: MAX_PIXELS, page: pages - 1 })
      // As the camera was held.
      .autoOrient()
      .resize({ width: SIDE, height: SIDE, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { data, width: info.width, height: info.height };
  } catch (error) {
    const isHuge = error instanceof Error && error.message.includes('pixel limit');
    throw new UploadError(isHuge ? 'fileTooLarge' : 'notADrawing', { cause: error });
  }
}
