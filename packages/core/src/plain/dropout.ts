import type { Dropout, DropoutMasks } from '../engine.ts';
import type { Floats, Precision } from './precision.ts';

/** Masks of zeros and 1 / keep, shapes of `DropoutMasks`; absent where nothing is dropped. */
export type Drops = { readonly [Mask in keyof DropoutMasks]?: Floats | undefined };

/**
 * The masks of a step, divided by the probability of keeping (Srivastava et al. 2014, section 10).
 *
 * The plain model draws none of its own: without masks there is no dropout.
 */
export function dropsOf({ masks = {}, ...rates }: Dropout, Precision: Precision): Drops {
  const scaled = (mask: Float32Array | undefined, rate: number): Floats | undefined =>
    mask && rate > 0 ? new Precision(Array.from(mask, (kept) => kept / (1 - rate))) : undefined;
  return {
    encoderForward: scaled(masks.encoderForward, rates.recurrentDropout),
    encoderBackward: scaled(masks.encoderBackward, rates.recurrentDropout),
    decoder: scaled(masks.decoder, rates.recurrentDropout),
    input: scaled(masks.input, rates.inputDropout),
    output: scaled(masks.output, rates.outputDropout),
  };
}

/** `values` times a mask, both of one length; `values` themselves where there is no mask. */
export function dropped(values: Floats, mask: Floats | undefined): Floats {
  return mask ? values.map((value, i) => value * (mask[i] as number)) : values;
}
