import { add, matMul, mul, tanh, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
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
    const gamma = parameters('gates.gamma');
    const beta = add(parameters('gates.beta'), forgetBias(hiddenWeights.shape[0])) as Tensor1D;
    return ([xW], [h, c], mask) => {
      const sums = add(xW as Tensor2D, matMul(h as Tensor2D, hiddenWeights)) as Tensor2D; // [n, 4 units]
      const next = remember(normalise(sums, gamma, beta, 4), c as Tensor2D, mask);
      const normalised = normalise(next.c, parameters('cell.gamma'), parameters('cell.beta'), 1);
      return [mul(tanh(normalised), next.output), next.c];
    };
  },
};
