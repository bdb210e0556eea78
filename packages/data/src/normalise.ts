import type { Stroke3 } from './sketch.ts';

/** Magenta clamps offsets to +- this before anything else (`utils.py`, `DataLoader.preprocess`). */
const OFFSET_LIMIT = 1000;

/** Offsets clamped to +-1000 data units, as Magenta's are; the same array where none is beyond. */
export function clampOffsets(stroke3: Stroke3): Stroke3 {
  if (stroke3.every((value) => Math.abs(value) <= OFFSET_LIMIT)) return stroke3;
  return stroke3.map((value, i) => (i % 3 === 2 ? value : Math.min(OFFSET_LIMIT, Math.max(-OFFSET_LIMIT, value))));
}

/**
 * The scale factor: the standard deviation of all offsets, x and y together (Ha & Eck 2017, section 3.1).
 *
 * Offsets are divided by it and nothing is subtracted; it is saved with the model for ever after. 1 where all offsets are
 * alike.
 */
export function scaleFactorOf(sketches: Iterable<Stroke3>): number {
  // Welford 1962: the mean of the squares less the square of the mean is rounding noise where all offsets are alike.
  let count = 0;
  let mean = 0;
  let squares = 0;
  for (const stroke3 of sketches) {
    for (let i = 0; i < stroke3.length; i++) {
      if (i % 3 === 2) continue;
      const offset = stroke3[i] as number;
      const deviation = offset - mean;
      count++;
      mean += deviation / count;
      squares += deviation * (offset - mean);
    }
  }
  return squares > 0 ? Math.sqrt(squares / count) : 1;
}

/** Offsets times a factor; pen lifts stay. `1 / scaleFactor` leads to model units, `scaleFactor` back. */
export function scaleOffsets(stroke3: Stroke3, factor: number): Stroke3 {
  return stroke3.map((value, i) => (i % 3 === 2 ? value : value * factor));
}
