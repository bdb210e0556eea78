import { customGrad, type GradSaveFunc, type Tensor } from '@tensorflow/tfjs-core';
import { backward } from './backward.ts';
import { forward } from './forward.ts';
import { restore, tensorsOf } from './record.ts';
import type { RecurrentLayer } from './recurrent-layer.ts';

/**
 * An LSTM, with or without layer normalisation, over packed rows: one operation to tfjs's tape, its gradient by hand.
 *
 * @returns h of every row `[..., rows, units]`, or of each sketch's last `[..., B, units]`
 */
export function recurrence(layer: RecurrentLayer): Tensor {
  const { sums, hiddenWeights, h, c, norm, sizes, emit } = layer;
  const operation = customGrad((...given) => {
    const save = given.pop() as unknown as GradSaveFunc;
    const { output, records } = forward(layer);
    // Weights and gains first, then the steps': in the order in which they are taken apart below.
    const constants = [hiddenWeights, ...(norm ? [norm.gateGamma, norm.cellGamma] : [])];
    save([...constants, ...records.flatMap(tensorsOf)]);
    return {
      value: output,
      gradFunc(d: Tensor, saved: Tensor[]) {
        const [weights, gates, cell] = saved as [Tensor, Tensor, Tensor];
        return backward({
          d,
          hiddenWeights: weights,
          records: restore(records, saved.slice(constants.length)),
          ...(norm && { gains: { gates, cell } }),
          sizes,
          emit,
        });
      },
    };
  });
  const affine = norm ? [norm.gateGamma, norm.gateBeta, norm.cellGamma, norm.cellBeta] : [];
  return operation(sums, hiddenWeights, h, c, ...affine);
}
