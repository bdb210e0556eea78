import type { TemperatureForm } from '../engine.ts';

/** What a temperature does to a mixture and to the pen. */
export interface Softening {
  /** Logits of pi and pen are divided by this. */
  readonly logits: number;
  /** Sigmas are multiplied by this. */
  readonly sigma: number;
}

/**
 * - `paper` (Ha & Eck 2017, eq. 8): logits / T, sigma^2 * T.
 * - `sketch-rnn-js` (Magenta's `sketch_rnn.js`): logits / (0.5 + 0.5 T), sigma^2 * T: sharper pictures at a low T than the
 *   same T gives in the paper's form are not to be had from it.
 *
 * @param temperature above 0; 0 is greedy and softens nothing (`draw.ts`)
 */
export function softening(temperature: number, form: TemperatureForm): Softening {
  const logits = form === 'paper' ? temperature : 0.5 + 0.5 * temperature;
  return { logits, sigma: Math.sqrt(temperature) };
}
