/**
 * What the paper would look like without ink, and from it how much ink there is at each pixel.
 *
 * Light falls unevenly on paper, but changes slowly: of each patch of a few millimetres the brighter pixels are paper (the
 * estimate of a background surface, Gatos, Pratikakis & Perantonis 2006, "Adaptive degraded document image binarization",
 * section 2.2, with quantiles and a closing in place of their interpolation).
 */
import type { Plane } from './raster.ts';

/** Patches along the longer side of a picture. */
const PATCHES = 32;

/** Paper is brighter than so much of a patch: half of it may be ink. */
const PAPER_QUANTILE = 0.75;

/** Patches a filled area may be wide on each side of its middle: the paper around it then still shows. */
const CLOSING = 2;

/** Of each patch every second pixel in every second row tells enough. */
const SAMPLED = 2;

/** Patches along the longer side of a picture when it is asked whether ink is dark: each with some paper in it. */
const POLARITY_PATCHES = 8;

/** The channels with dark ink on light paper: turned round where it is the other way. */
export function withDarkInk(channels: readonly Plane[]): readonly Plane[] {
  let pull = 0;
  for (const channel of channels) pull += pullOfInk(channel);
  if (pull <= 0) return channels;
  return channels.map((channel) => ({ ...channel, values: channel.values.map((value) => 255 - value) }));
}

/** Ink covers the smaller part of a patch, so it pulls the mean away from the median; a slope of light moves both alike. */
function pullOfInk(plane: Plane): number {
  return patchesOf(plane, POLARITY_PATCHES).patches.reduce((sum, patch) => {
    const mean = patch.reduce((total, value) => total + value, 0) / patch.length;
    return sum + mean - ((patch[(patch.length - 1) >> 1] as number) + (patch[patch.length >> 1] as number)) / 2;
  }, 0);
}

/**
 * How much darker than the paper each pixel is, as a share of the paper's brightness, in the channel that shows it best: yellow on white is
 * hardly seen in luma and plainly in blue.
 *
 * @param channels with dark ink on light paper, 0..255
 */
export function inkOf(channels: readonly Plane[]): Plane {
  const papers = channels.map(paperOf);
  const [{ width, height }] = channels as [Plane];
  const values = new Float32Array(width * height);
  for (let i = 0; i < values.length; i++) {
    let [most, brightest] = [-Infinity, 1];
    for (let c = 0; c < channels.length; c++) {
      const paper = papers[c]?.[i] as number;
      most = Math.max(most, paper - (channels[c]?.values[i] as number));
      brightest = Math.max(brightest, paper);
    }
    values[i] = most / brightest;
  }
  return { width, height, values };
}

/** Brightness of the paper at each pixel. */
function paperOf(plane: Plane): Float32Array {
  const { side, across, down, patches } = patchesOf(plane, PATCHES);
  let coarse: Plane = {
    width: across,
    height: down,
    values: Float32Array.from(patches, (patch) => quantile(patch, PAPER_QUANTILE)),
  };
  coarse = around(
    around(coarse, CLOSING, (window) => Math.max(...window)),
    CLOSING,
    (window) => Math.min(...window),
  );
  coarse = around(coarse, 1, (window) => window.reduce((sum, value) => sum + value, 0) / window.length);
  return enlarge(coarse, side, plane);
}

interface Patches {
  /** px */
  readonly side: number;
  readonly across: number;
  readonly down: number;
  /** Values of each in rising order, row after row. */
  readonly patches: readonly Float32Array[];
}

function patchesOf({ width, height, values }: Plane, along: number): Patches {
  const side = Math.ceil(Math.max(width, height) / along);
  const across = Math.ceil(width / side);
  const down = Math.ceil(height / side);
  const patches = Array.from({ length: across * down }, (_, i) => {
    const [left, top] = [side * (i % across), side * Math.floor(i / across)];
    const [right, bottom] = [Math.min(width, left + side), Math.min(height, top + side)];
    const patch: number[] = [];
    for (let y = top; y < bottom; y += SAMPLED) {
      for (let x = left; x < right; x += SAMPLED) patch.push(values[y * width + x] as number);
    }
    return Float32Array.from(patch).toSorted();
  });
  return { side, across, down, patches };
}

function quantile(sorted: Float32Array, share: number): number {
  return sorted[Math.floor(share * (sorted.length - 1))] as number;
}

/** A plane of what `summary` says of the values at most `radius` away in each direction. */
function around({ width, height, values }: Plane, radius: number, summary: (window: number[]) => number): Plane {
  const out = new Float32Array(values.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const window: number[] = [];
      for (let v = Math.max(0, y - radius); v <= Math.min(height - 1, y + radius); v++) {
        for (let u = Math.max(0, x - radius); u <= Math.min(width - 1, x + radius); u++) {
          window.push(values[v * width + u] as number);
        }
      }
      out[y * width + x] = summary(window);
    }
  }
  return { width, height, values: out };
}

/** Bilinear interpolation between the middles of patches. */
function enlarge(
  coarse: Plane,
  side: number,
  { width, height }: { readonly width: number; readonly height: number },
): Float32Array {
  const out = new Float32Array(width * height);
  const columns = Array.from({ length: width }, (_, x) => between((x + 0.5) / side - 0.5, coarse.width));
  for (let y = 0; y < height; y++) {
    const vertical = between((y + 0.5) / side - 0.5, coarse.height);
    for (let x = 0; x < width; x++) {
      const horizontal = columns[x] as Between;
      const at = (u: number, v: number): number => coarse.values[v * coarse.width + u] as number;
      const upper = mix(at(horizontal.low, vertical.low), at(horizontal.high, vertical.low), horizontal.share);
      const lower = mix(at(horizontal.low, vertical.high), at(horizontal.high, vertical.high), horizontal.share);
      out[y * width + x] = mix(upper, lower, vertical.share);
    }
  }
  return out;
}

interface Between {
  readonly low: number;
  readonly high: number;
  readonly share: number;
}

function between(position: number, length: number): Between {
  const inside = Math.min(length - 1, Math.max(0, position));
  const low = Math.floor(inside);
  return { low, high: Math.min(length - 1, low + 1), share: inside - low };
}

function mix(a: number, b: number, share: number): number {
  return a + share * (b - a);
}
