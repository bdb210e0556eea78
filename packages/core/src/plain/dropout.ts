import type { Dropout, DropoutMasks } from '../engine.ts';
import type { Floats, Precision } from './precision.ts';

/** Masks of zeros and 1 / keep, shapes of `DropoutMasks`. */
export type Drops = { readonly [Mask in keyof DropoutMasks]?: Floats };

/**
 * The masks of a step, divided by the probability of keeping (Srivastava et al. 2014, section 10).
 *
 * The plain model draws none of its own: without masks there is no dropout.
 */
export function dropsOf({ masks = {}, ...rates }: Dropout, Precision: Precision): Drops {
  const scaled = (mask: Float32Array, rate: number): Floats =>
    new Precision(Array.from(mask, (kept) => kept / (1 - rate)));
  const { encoderForward, encoderBackward, decoder, input, output } = masks;
  return {
    ...(encoderForward && { encoderForward: scaled(encoderForward, rates.recurrentDropout) }),
    ...(encoderBackward && { encoderBackward: scaled(encoderBackward, rates.recurrentDropout) }),
    ...(decoder && { decoder: scaled(decoder, rates.recurrentDropout) }),
    ...(input && { input: scaled(input, rates.inputDropout) }),
    ...(output && { output: scaled(output, rates.outputDropout) }),
  };
}

/** `values` times a mask, both of one length; `values` themselves where there is no mask. */
export function dropped(values: Floats, mask: Floats | undefined): Floats {
  return mask ? values.map((value, i) => value * (mask[i] as number)) : values;
}
