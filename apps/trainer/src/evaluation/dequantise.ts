import { fold, keyOf, type Stroke3, uniforms } from '@sketch-rnn/data';

/**
 * Offsets blurred by uniform +-0.5 units: whole numbers made into a density, which needle-thin mixtures gain nothing from.
 *
 * @param place of the drawing among those that are judged: its noise is made from it and the seed
 */
export function dequantised(stroke3: Stroke3, seed: number, place: number): Stroke3 {
  const noise = uniforms(fold(keyOf(seed), place), stroke3.length);
  return stroke3.map((value, i) => (i % 3 === 2 ? value : value + (noise[i] as number) - 0.5));
}
