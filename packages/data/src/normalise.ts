import type { Stroke3 } from './sketch.ts';

/** Magenta clamps offsets to +- this before anything else (`utils.py`, `DataLoader.preprocess`). */
const OFFSET_LIMIT = 1000;

/** Offsets clamped to +-1000 data units, as Magenta's are. */
export function clampOffsets(stroke3: Stroke3): Stroke3 {
  return stroke3.map((value, i) => (i % 3 === 2 ? value : Math.min(OFFSET_LIMIT, Math.max(-OFFSET_LIMIT, value))));
}

/**
 * The scale factor: the standard deviation of all offsets, x and y together (Ha & Eck 2017, section 3.1).
 *
 * Offsets are divided by it and nothing is subtracted; it is saved with the model for ever after. 1 where nothing moves.
 */
export function scaleFactorOf(sketches: Iterable<Stroke3>): number {
  let count = 0;
  let sum = 0;
  let squares = 0;
  for (const stroke3 of sketches) {
    for (let i = 0; i < stroke3.length; i += 3) {
      const dx = stroke3[i] as number;
      const dy = stroke3[i + 1] as number;
      sum += dx + dy;
      squares += dx * dx + dy * dy;
      count += 2;
    }
  }
  const variance = squares / count - (sum / count) ** 2;
  return variance > 0 ? Math.sqrt(variance) : 1;
}

/** Offsets times a factor; pen lifts stay. `1 / scaleFactor` leads to model units, `scaleFactor` back. */
export function scaleOffsets(stroke3: Stroke3, factor: number): Stroke3 {
  return stroke3.map((value, i) => (i % 3 === 2 ? value : value * factor));
}
