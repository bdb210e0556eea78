import type { Plane, Raster } from './raster.ts';

/** Red, green and blue of a picture, 0..255. */
export interface Reduced {
  readonly channels: readonly [red: Plane, green: Plane, blue: Plane];
  /** How many pixels of the raster one of these is wide. */
  readonly scale: number;
}

/**
 * Makes a picture opaque, and its longer side at most `side` pixels, each the mean of those it covers.
 *
 * What is transparent becomes paper: black under bright paint, white under dark.
 */
export function reduce(raster: Raster, side: number): Reduced {
  const scale = Math.max(1, Math.max(raster.width, raster.height) / side);
  const width = Math.max(1, Math.floor(raster.width / scale));
  const height = Math.max(1, Math.floor(raster.height / scale));
  const [red, green, blue, counts] = [0, 1, 2, 3].map(() => new Float32Array(width * height)) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const { data } = raster;
  const paper = paperUnder(data);
  for (let y = 0, i = 0; y < raster.height; y++) {
    const row = Math.min(height - 1, Math.floor(y / scale)) * width;
    for (let x = 0; x < raster.width; x++, i += 4) {
      const at = row + Math.min(width - 1, Math.floor(x / scale));
      const alpha = (data[i + 3] as number) / 255;
      const under = (1 - alpha) * paper;
      (red[at] as number) += alpha * (data[i] as number) + under;
      (green[at] as number) += alpha * (data[i + 1] as number) + under;
      (blue[at] as number) += alpha * (data[i + 2] as number) + under;
      (counts[at] as number)++;
    }
  }
  const meanOf = (sums: Float32Array): Plane => ({
    width,
    height,
    values: sums.map((sum, at) => sum / (counts[at] as number)),
  });
  return { channels: [meanOf(red), meanOf(green), meanOf(blue)], scale };
}

/** The grey, 0 or 255, that lies further from what is painted. */
function paperUnder(data: Raster['data']): number {
  let [painted, bright] = [0, 0];
  for (let i = 0; i < data.length; i += 4) {
    const alpha = data[i + 3] as number;
    painted += alpha;
    bright += (alpha * ((data[i] as number) + (data[i + 1] as number) + (data[i + 2] as number))) / 3;
  }
  return bright > 127.5 * painted ? 0 : 255;
}
