import sharp from 'sharp';

export interface PngOptions {
  /** px; the SVG's own width by default. */
  readonly width?: number;
}

/**
 * A picture of this package as PNG, on white where it is transparent.
 *
 * Text needs a font on the machine: fontconfig takes the first it knows of the picture's list. Where there is none at all
 * every character becomes an empty box (`apt-get install fonts-dejavu-core` on Debian helps); drawings and lines do not
 * change.
 *
 * @param svg an SVG document that this package made; one from outside could name files to be read
 */
export async function svgToPng(svg: string, { width }: PngOptions = {}): Promise<Uint8Array> {
  // Resizing while loading: the SVG is drawn at its final size, not scaled afterwards.
  return sharp(Buffer.from(svg))
    .resize(width === undefined ? {} : { width })
    .flatten({ background: '#ffffff' })
    .png({ compressionLevel: 9 })
    .toBuffer();
}
