import sharp from 'sharp';
import { RenderError } from '../error.ts';
import type { Frame } from '../frames.ts';

export interface GifOptions {
  /** px; the frames' own width by default. */
  readonly width?: number;
  /** How often it is played; 0, the default, is for ever. */
  readonly loop?: number;
}

/** A few inks with their blends into the paper: more colours would only make the file larger. */
const COLOURS = 64;

/**
 * An animated GIF of frames of one size (`replayFrames`), on white where they are transparent.
 *
 * @throws RenderError where there is no frame
 */
export async function framesToGif(frames: readonly Frame[], { width, loop = 0 }: GifOptions = {}): Promise<Uint8Array> {
  if (frames.length === 0) throw new RenderError('GIF: expected at least one frame, got none');
  const pictures = await Promise.all(
    frames.map(({ svg }) =>
      sharp(Buffer.from(svg))
        .resize(width === undefined ? {} : { width })
        .flatten({ background: '#ffffff' })
        // Only on the way into the GIF.
        .png({ compressionLevel: 1 })
        .toBuffer(),
    ),
  );
  return sharp(pictures, { join: { animated: true } })
    .gif({ delay: frames.map((frame) => frame.milliseconds), loop, colours: COLOURS, dither: 0, effort: 1 })
    .toBuffer();
}
