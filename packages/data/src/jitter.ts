import { type Key, uniforms } from './random.ts';
import type { Stroke3 } from './sketch.ts';

/**
 * A drawing with uniform noise of +-`amount` units on every dx and dy, independent.
 *
 * Offsets that were rounded to whole numbers become a density by +-0.5 (Theis et al. 2016, "A note on the evaluation of
 * generative models", section 3.1); without it needle-thin mixtures on the whole numbers win.
 *
 * @param stroke3 `[n, 3]`; not written to
 */
export function jitter(stroke3: Stroke3, amount: number, key: Key): Stroke3 {
  const noise = uniforms(key, stroke3.length);
  return stroke3.map((value, i) => (i % 3 === 2 ? value : value + (2 * (noise[i] as number) - 1) * amount));
}
