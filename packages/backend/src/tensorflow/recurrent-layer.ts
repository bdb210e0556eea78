import type { Tensor } from '@tensorflow/tfjs-core';

/**
 * Tensors of one layer, `[rows, units]`, or of two side by side, `[2, rows, units]`; formulas in the reference's `lstm.ts`
 * and `layer-norm.ts`.
 */
export interface RecurrentLayer {
  /** Sums over inputs, condition and biases, `[..., rows, 4 units]`, rows packed by `sizes`. */
  readonly sums: Tensor;
  /** `[..., units, 4 units]`. */
  readonly hiddenWeights: Tensor;
  /** `[..., B, units]`. */
  readonly h: Tensor;
  readonly c: Tensor;
  /** Layer normalisation of gates and cell: `[..., 4 units]` and `[..., units]`. */
  readonly norm?: {
    readonly gateGamma: Tensor;
    readonly gateBeta: Tensor;
    readonly cellGamma: Tensor;
    readonly cellBeta: Tensor;
  };
  /** Recurrent dropout, `[..., rows, units]`. */
  readonly mask?: Tensor;
  readonly sizes: Int32Array;
  readonly emit: 'every' | 'last';
}
