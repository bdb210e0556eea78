/**
 * Adaptive threshold: Sauvola & Pietikäinen 2000 ("Adaptive document image binarization", eq. 5) in the form of Wolf, Jolion &
 * Chassaing 2002 ("Text localization, enhancement and binarization in multimedia documents", eq. 5), which takes contrast relative to that
 * of the picture, so that pencil is found as well as a felt pen.
 */
import { TraceError } from './error.ts';
import type { Mask, Plane } from './raster.ts';

/** k of the paper: of the way from the local mean to the strongest ink, where the window holds nothing but paper. */
const SENSITIVITY = 0.5;

/** Share of the strongest ink below which nothing counts as ink, however much there is around. */
const FAINTEST = 0.3;

/** Windows along the longer side of a picture: one is wider than several lines. */
const WINDOWS = 12;

/** Ink darker than its paper by less than this share is none that a person would see. */
const LEAST_CONTRAST = 0.06;

/** Times the noise that the strongest ink must exceed: chance gives five in a million pixels, uneven light adds to it. */
const LEAST_OVER_NOISE = 10;

/** Every so many-th pixel tells enough about noise; no even number, which could fall into step with a pattern. */
const SAMPLED = 13;

/** The middle half of a normal distribution is so many standard deviations wide on each side. */
const MAD_OF_NORMAL = 0.6745;

/**
 * Which pixels are ink.
 *
 * @param ink how much darker than the paper each pixel is (`inkOf`)
 * @throws TraceError where nothing stands out from the paper
 */
export function threshold(ink: Plane): Mask {
  const { width, height } = ink;
  const smooth = withPaperAtZero(blur(ink));
  const strongest = smooth.values.reduce((most, value) => Math.max(most, value), 0);
  const noise = noiseOf(smooth);
  if (strongest < Math.max(LEAST_CONTRAST, LEAST_OVER_NOISE * noise)) {
    const [contrast, grain] = [strongest, noise].map((share) => `${Math.round(100 * share)} %`);
    throw new TraceError(
      `picture: expected lines that stand out from the paper, got a contrast of ${contrast} over noise of ${grain} - is the page blank, or this no drawing? Draw with a darker pen, or take the picture in better light`,
    );
  }
  const { mean, deviation } = windowed(smooth, Math.max(4, Math.round(Math.max(width, height) / WINDOWS / 2)));
  const largest = deviation.reduce((most, value) => Math.max(most, value), 0);
  const mask = new Uint8Array(width * height);
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      const middle = mean[i] as number;
      const lift = SENSITIVITY * (1 - (deviation[i] as number) / largest) * (strongest - middle);
      mask[i] = (smooth.values[i] as number) > Math.max(middle + lift, FAINTEST * strongest) ? 1 : 0;
    }
  }
  return { width, height, ink: mask };
}

/** Binomial weights 1 2 1 in both directions; edges repeat. */
function blur({ width, height, values }: Plane): Plane {
  const rows = new Float32Array(values.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0, i = y * width; x < width; x++, i++) {
      const left = values[x > 0 ? i - 1 : i] as number;
      const right = values[x < width - 1 ? i + 1 : i] as number;
      rows[i] = (left + 2 * (values[i] as number) + right) / 4;
    }
  }
  const out = new Float32Array(values.length);
  for (let i = 0; i < out.length; i++) {
    const above = rows[i >= width ? i - width : i] as number;
    const below = rows[i + width < rows.length ? i + width : i] as number;
    out[i] = (above + 2 * (rows[i] as number) + below) / 4;
  }
  return { width, height, values: out };
}

/** The estimate of the paper lies at the bright end of its noise; ink, being the smaller part, hardly moves a median. */
function withPaperAtZero({ width, height, values }: Plane): Plane {
  const paper = median(values.filter((_, i) => i % SAMPLED === 0));
  return { width, height, values: values.map((value) => value - paper) };
}

/** Standard deviation of the paper around zero. */
function noiseOf({ values }: Plane): number {
  return median(values.filter((_, i) => i % SAMPLED === 0).map(Math.abs)) / MAD_OF_NORMAL;
}

function median(values: Float32Array): number {
  return values.toSorted()[values.length >> 1] as number;
}

/** Mean and standard deviation of the windows around all pixels, by integral images (Shafait, Keysers & Breuel 2008). */
function windowed({ width, height, values }: Plane, radius: number): { mean: Float32Array; deviation: Float32Array } {
  const stride = width + 1;
  const sums = new Float64Array(stride * (height + 1));
  const squares = new Float64Array(stride * (height + 1));
  for (let y = 0; y < height; y++) {
    let [sum, square] = [0, 0];
    for (let x = 0; x < width; x++) {
      const value = values[y * width + x] as number;
      sum += value;
      square += value * value;
      const at = (y + 1) * stride + x + 1;
      sums[at] = (sums[at - stride] as number) + sum;
      squares[at] = (squares[at - stride] as number) + square;
    }
  }
  const mean = new Float32Array(values.length);
  const deviation = new Float32Array(values.length);
  for (let y = 0; y < height; y++) {
    const [top, bottom] = [Math.max(0, y - radius) * stride, Math.min(height, y + radius + 1) * stride];
    for (let x = 0; x < width; x++) {
      const [left, right] = [Math.max(0, x - radius), Math.min(width, x + radius + 1)];
      const count = ((bottom - top) / stride) * (right - left);
      const total = (table: Float64Array): number =>
        (table[bottom + right] as number) -
        (table[top + right] as number) -
        (table[bottom + left] as number) +
        (table[top + left] as number);
      const average = total(sums) / count;
      mean[y * width + x] = average;
      deviation[y * width + x] = Math.sqrt(Math.max(0, total(squares) / count - average * average));
    }
  }
  return { mean, deviation };
}
