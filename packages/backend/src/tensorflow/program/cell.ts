import type { Block } from '../native/memory.ts';

/** State of a layer: blocks `[..., n, units]`. */
export interface State {
  readonly h: Block;
  readonly c: Block;
}

/** What the gates of one step are given. */
export interface GateInput {
  /** x W + h U and all that is added to it, `[..., n, 4 units]`. */
  readonly sums: Block;
  /** Before the step. */
  readonly c: Block;
  /** Recurrent dropout, 0 or 1 / keep, `[..., n, units]`. */
  readonly mask: Block | undefined;
}

/** Gradients through the gates of one step. */
export interface GateGradients {
  /** At the sums that the layer's own weights make, `[..., n, 4 units]`. */
  readonly sums: Block;
  /** At c before the step. */
  readonly c: Block;
  /** At gates and cell after their normalisation, where there is one. */
  readonly normalised?: { readonly gates: Block; readonly cell: Block };
}

/** A recurrent cell without its products: the gates of a step, and the way back through them from what a step has kept. */
export interface Cell<Kept> {
  /** The layer's weights as `forward` wants the sums to be made with: `[..., units + inputs, 4 units]`. */
  weights(weights: Block): Block;
  /** What else is added to the sums, as `forward` wants it: `[n, 4 units]`. */
  added(sums: Block): Block;
  forward(input: GateInput): { readonly next: State; readonly record: Kept };
  /** From the gradients at h and c after the step; none has arrived at c after a sketch's last. */
  backward(record: Kept, d: { readonly h: Block; readonly c: Block | undefined }): GateGradients;
  /** Gradients of the cell's own parameters, by their names. */
  own(records: readonly Kept[], steps: readonly GateGradients[]): Readonly<Record<string, Block>>;
}

/** Added to the forget gate, so that a fresh cell remembers (Jozefowicz et al. 2015). */
export const FORGET_BIAS = 1;
