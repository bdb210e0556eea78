import { TraceError } from './error.ts';

/** A picture as bytes RGBA, row by row, sRGB, alpha not multiplied in: what canvas's `ImageData` is and what decoders give. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  /** `[height, width, 4]` */
  readonly data: Uint8Array | Uint8ClampedArray;
}

/** One number a pixel, `[height, width]`. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/** Ink or paper for each pixel, 1 or 0, `[height, width]`; the outermost pixels are paper, so that each pixel of ink has eight neighbours. */
export interface Mask {
  readonly width: number;
  readonly height: number;
  readonly ink: Uint8Array;
}

/** A photo of a telephone has 12 to 50 million pixels. */
const MOST_PIXELS = 64e6;

/**
 * Refuses what is no raster.
 *
 * @throws TraceError where sizes are no whole numbers above 0, there are too many pixels, or bytes do not fit the sizes
 */
export function checkRaster({ width, height, data }: Raster): void {
  if (!(Number.isSafeInteger(width) && Number.isSafeInteger(height) && width > 0 && height > 0)) {
    throw new TraceError(`raster: expected a width and a height in whole pixels above 0, got ${width} x ${height}`);
  }
  if (width * height > MOST_PIXELS) {
    throw new TraceError(`raster: expected at most ${MOST_PIXELS} pixels, got ${width} x ${height} - make it smaller`);
  }
  if (data.length !== 4 * width * height) {
    const expected = `${4 * width * height} bytes RGBA for ${width} x ${height} pixels`;
    throw new TraceError(`raster: expected ${expected}, got ${data.length} - decode it with an alpha channel`);
  }
}
