/** Ink that is of a pen: lines and dots. */
import type { Mask } from './raster.ts';

/** A pen that touches the paper leaves a disc as wide as its lines; what covers less than this share of that is no mark of it. */
const LEAST_SHARE = 0.5;

/** An area is wider than a line by this factor: lines that cross at a slant are wider too, but less. */
const AREA = 3;

/** No line is wider than this share of the longer side of a picture: a silhouette is an area, whatever else there is. */
const WIDEST = 1 / 16;

/**
 * Half the width of the lines, px: the median of the distances to the paper along their middles.
 *
 * @param distance of each pixel to the paper, px; at least one is above 0
 */
export function penRadius({ width, height, ink }: Mask, distance: Float32Array): number {
  const steps = stepsOf(width);
  const middles = distance.filter(
    (own, at) => ink[at] === 1 && steps.every((step) => own >= (distance[at + step] as number)),
  );
  const median = middles.toSorted()[middles.length >> 1] as number;
  return Math.min(median, (WIDEST * Math.max(width, height)) / 2);
}

/** Ink without specks, which are smaller than what a pen of this radius leaves where it touches the paper. */
export function withoutSpecks(mask: Mask, radius: number): Mask {
  const ink = mask.ink.slice();
  for (const pixels of componentsOf(mask)) {
    if (pixels.length < LEAST_SHARE * Math.PI * radius ** 2) for (const at of pixels) ink[at] = 0;
  }
  return { ...mask, ink };
}

/**
 * Ink with nothing but their edge left of filled areas, as wide as a line: a person would draw round them, thinning makes spiders of
 * them.
 *
 * @param distance of each pixel to the paper, px
 */
export function withoutAreas(mask: Mask, distance: Float32Array, radius: number): Mask {
  const ink = mask.ink.slice();
  const inside = { ...mask, ink: Uint8Array.from(distance, (away) => (away > 2 * radius ? 1 : 0)) };
  for (const pixels of componentsOf(inside)) {
    if (pixels.some((at) => (distance[at] as number) > AREA * radius)) for (const at of pixels) ink[at] = 0;
  }
  return { ...mask, ink };
}

/** The connected pieces of ink, by sides or corners, each as indices of its pixels. */
function componentsOf({ width, ink }: Mask): number[][] {
  const steps = stepsOf(width);
  const left = ink.slice();
  const components: number[][] = [];
  for (let start = 0; start < left.length; start++) {
    if (left[start] === 0) continue;
    left[start] = 0;
    const pixels = [start];
    // The list grows while it is walked.
    for (const at of pixels) {
      for (const step of steps) {
        if (left[at + step] === 0) continue;
        left[at + step] = 0;
        pixels.push(at + step);
      }
    }
    components.push(pixels);
  }
  return components;
}

/** What leads from a pixel to its eight neighbours. */
function stepsOf(width: number): readonly number[] {
  return [-width - 1, -width, -width + 1, -1, 1, width - 1, width, width + 1];
}
