import { add, matMul, mul, slice, tanh, type Tensor2D } from '@tensorflow/tfjs-core';
import type { RecurrentCell } from './cell.ts';
import { forgetBias, remember } from './gates.ts';

/**
 * LSTM as in Magenta's `LSTMCell` (`rnn.py`):
 *
 *     i, j, f, o = x W + h U + b
 *     c' = c sigmoid(f + 1) + sigmoid(i) dropout(tanh j)
 *     h' = tanh(c') sigmoid(o)
 *
 * State [c | h].
 */
export const lstm: RecurrentCell = {
  widths: (size) => [size, size],
  hidden: 1,
  project(parameters, inputs, from) {
    const weights = parameters('inputWeights') as Tensor2D;
    const [, columns] = weights.shape;
    return [matMul(inputs, slice(weights, [from, 0], [inputs.shape[1], columns]))];
  },
  prepare(parameters) {
    const hiddenWeights = parameters('hiddenWeights') as Tensor2D;
    const bias = add(parameters('bias'), forgetBias(hiddenWeights.shape[0]));
    return ([xW], [c, h], mask) => {
      const gates: Tensor2D = add(add(xW as Tensor2D, matMul(h as Tensor2D, hiddenWeights)), bias); // [n, 4 units]
      const next = remember(gates, c as Tensor2D, mask);
      return [next.c, mul(tanh(next.c), next.output)];
    };
  },
};
