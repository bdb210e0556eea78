import type { DrawOptions } from '@sketch-rnn/core';
import type { Factor, Matrix } from './matrix.ts';

/** One step of an LSTM (core `reference/lstm.ts`), product and gates in one. */
export interface LstmStep {
  /** h before, `[n, H]`. */
  readonly hidden: Matrix;
  /** `[H, 4 H]`. */
  readonly hiddenWeights: Factor;
  /** `[n, 4 H]`. In: the sums without h U. Out: sigmoid(i), tanh(j), sigmoid(f + 1), sigmoid(o). */
  readonly gates: Matrix;
  /** `[n, H]`. */
  readonly cellBefore: Matrix;
  /** Out, `[n, H]`. */
  readonly cell: Matrix;
  /** Out: h, `[n, H]`. */
  readonly output: Matrix;
  /** Recurrent dropout of tanh(j), `[n, H]`. */
  readonly mask?: Matrix;
}

export interface LstmBackwardStep {
  /** `[n, 4 H]`. In: gates as `LstmStep` left them. Out: the gradient at the sums. */
  readonly gates: Matrix;
  readonly cellBefore: Matrix;
  readonly cell: Matrix;
  readonly mask?: Matrix;
  /** Gradient at h from outside the layer, `[n, H]`; rows before `outerFrom` have none. */
  readonly outer: Matrix;
  readonly outerFrom: number;
  /** What comes from the step after: its gradient at the sums, `[m, 4 H]`, m <= n, and U^T `[4 H, H]`. */
  readonly later?: { readonly gradient: Matrix; readonly hiddenWeights: Factor };
  /** Gradient at c, `[n, H]`. In: from the step after. Out: for the step before. */
  readonly cellGradient: Matrix;
}

/** Gain and shift of the gates `[1, 4 H]` and of the memory `[1, H]`. */
export interface NormAffine {
  readonly gateGamma: Matrix;
  readonly gateBeta: Matrix;
  readonly cellGamma: Matrix;
  readonly cellBeta: Matrix;
}

/** One step of a layer-norm LSTM after its product (core `reference/layer-norm.ts`). */
export interface NormStep extends NormAffine {
  /** `[n, 4 H]`. In: sums. Out: (sums - mean) / deviation, each gate on its own. */
  readonly sums: Matrix;
  /** Out: 1 / deviation of the four gates and of the memory, `[n, 5]`. */
  readonly inverse: Matrix;
  readonly cellBefore: Matrix;
  /** Out: c, not normalised, `[n, H]`. */
  readonly cell: Matrix;
  /** Out: (c - mean) / deviation, `[n, H]`. */
  readonly cellUnit: Matrix;
  /** Out: h, `[n, H]`. */
  readonly output: Matrix;
  readonly mask?: Matrix;
}

export interface NormBackwardStep extends NormAffine {
  /** As `NormStep` left it, `[n, 4 H]`. */
  readonly unit: Matrix;
  readonly inverse: Matrix;
  readonly cellBefore: Matrix;
  readonly cellUnit: Matrix;
  readonly mask?: Matrix;
  /** Gradient at h, all of it, `[n, H]`. */
  readonly hiddenGradient: Matrix;
  /** Gradient at c, `[n, H]`. In: from the step after. Out: for the step before. */
  readonly cellGradient: Matrix;
  /** Out: gradient at gamma unit + beta of the gates, `[n, 4 H]`, and of the memory, `[n, H]`. */
  readonly gateAffineGradient: Matrix;
  readonly cellAffineGradient: Matrix;
  /** Out: gradient at the sums, `[n, 4 H]`. */
  readonly sumGradient: Matrix;
}

/** The next row of every sketch of a sample. */
export interface DrawStep {
  /** `[n, 3 + 6 M]`. */
  readonly raw: Matrix;
  /** What is drawn with, `[n, 4]`: uniforms for component and pen, normals for x and y (core `stepNumbers`). */
  readonly numbers: Matrix;
  /** `[n, 6]`: a given row (dx, dy, p1, p2, p3) and 1, or zeros where the row is to be drawn. */
  readonly given: Matrix;
  /** `[n, 5]`. In: the rows before; a sketch whose row says p3 stays as it is. Out: the rows drawn. */
  readonly rows: Matrix;
  readonly options: DrawOptions;
}
