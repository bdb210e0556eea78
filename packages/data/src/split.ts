import { threefry } from './random.ts';
import type { Split, Stroke3 } from './sketch.ts';

/** Shares of validation and test; the rest is for training. Quick, Draw!'s own files keep 3.3 % for each. */
const SHARE = 0.05;

/**
 * The split of a drawing that names none: by a hash of its offsets, so that it never moves when other drawings come or go,
 * and the same drawing twice is never in two splits.
 */
export function splitOf(stroke3: Stroke3): Split {
  const block = new Uint32Array(2);
  for (const value of stroke3) {
    // Hundredths: the same drawing read from another format differs in rounding at most.
    threefry([block[0] as number, block[1] as number], Math.round(value * 100) >>> 0, 0, block, 0);
  }
  const share = (block[0] as number) / 2 ** 32;
  if (share < SHARE) return 'valid';
  return share < 2 * SHARE ? 'test' : 'train';
}
