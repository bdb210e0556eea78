import { add, matMul, mul, tanh, type Tensor2D } from '@tensorflow/tfjs-core';
import type { RecurrentCell } from './cell.ts';
import { forgetBias, remember } from './gates.ts';
import { lstm } from './lstm.ts';
import { normalise } from './normalise.ts';

/**
 * LSTM with layer normalisation as in Magenta's `LayerNormLSTMCell` (`rnn.py`; Ba et al. 2016, section 4):
 *
 *     i, j, f, o = LN(x W + h U), each gate on its own
 *     c' = c sigmoid(f + 1) + sigmoid(i) dropout(tanh j)
 *     h' = tanh(LN(c')) sigmoid(o)
 *
 * The c carried on is not normalised. State [h | c].
 */
export const layerNorm: RecurrentCell = {
  widths: (size) => [size, size],
  hidden: 0,
  project: lstm.project,
  prepare(parameters) {
    const hiddenWeights = parameters('hiddenWeights') as Tensor2D;
    const gateAffine = {
      gamma: parameters('gates.gamma'),
      beta: add(parameters('gates.beta'), forgetBias(hiddenWeights.shape[0])),
    };
    const cellAffine = { gamma: parameters('cell.gamma'), beta: parameters('cell.beta') };
    return ([xW], [h, c], mask) => {
      const sums: Tensor2D = add(xW as Tensor2D, matMul(h as Tensor2D, hiddenWeights)); // [n, 4 units]
      const next = remember(normalise(sums, gateAffine, 4), c as Tensor2D, mask);
      const normalised = normalise(next.c, cellAffine, 1);
      return [mul(tanh(normalised), next.output), next.c];
    };
  },
};
