import type { Cell } from '../config.ts';
import type { CellInput } from './gates.ts';
import { hyper } from './hyper.ts';
import { layerNorm } from './layer-norm.ts';
import { lstm } from './lstm.ts';
import type { Floats } from './precision.ts';
import { hyperWeights, layerNormWeights, type Lookup, lstmWeights } from './weights.ts';

/** A recurrent cell with its weights. */
export interface PlainCell {
  /**
   * One step.
   *
   * @param state packed as `parameterSpecs` says
   * @returns the new state
   */
  readonly step: (input: CellInput, state: Floats) => Floats;
  /** h in a packed state, a view of `[units]`. */
  readonly hidden: (state: Floats) => Floats;
}

/** The cell of `size` units whose parameters begin with `name`. */
export function plainCell(of: Lookup, name: string, { cell, size }: { cell: Cell; size: number }): PlainCell {
  switch (cell) {
    case 'lstm': {
      const weights = lstmWeights(of, name);
      return {
        step: (input, state) => lstm(weights, input, state),
        hidden: (state) => state.subarray(size),
      };
    }
    case 'layer_norm': {
      const weights = layerNormWeights(of, name);
      return {
        step: (input, state) => layerNorm(weights, input, state),
        hidden: (state) => state.subarray(0, size),
      };
    }
    case 'hyper': {
      const weights = hyperWeights(of, name);
      return {
        step: (input, state) => hyper(weights, input, state),
        hidden: (state) => state.subarray(0, size),
      };
    }
  }
}
