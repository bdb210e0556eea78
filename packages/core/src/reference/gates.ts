import { add, mul, sigmoid, split, tanh, type Tensor1D, type Tensor2D, tensor1d } from '@tensorflow/tfjs-core';

/** Added to the forget gate, so that a fresh cell remembers (Jozefowicz et al. 2015). */
const FORGET_BIAS = 1;

/**
 * The forget bias as a vector over the gates i, j, f, o, to be added to their biases once a batch.
 *
 * @returns `[4 units]`
 */
export function forgetBias(units: number): Tensor1D {
  const values = new Float32Array(4 * units);
  values.fill(FORGET_BIAS, 2 * units, 3 * units);
  return tensor1d(values);
}

/**
 * The memory of an LSTM (Hochreiter & Schmidhuber 1997; dropout as Semeniuta et al. 2016):
 * c' = c sigmoid(f) + sigmoid(i) dropout(tanh j).
 *
 * @param gates `[n, 4 units]`, biases (that of the forget gate too) added
 * @param c `[n, units]`
 * @param mask `[n, units]`, 0 or 1 / keep
 * @returns c' and the output gate sigmoid(o), `[n, units]` each
 */
export function remember(gates: Tensor2D, c: Tensor2D, mask?: Tensor2D): { c: Tensor2D; output: Tensor2D } {
  const [i, j, f, o] = split(gates, 4, 1) as [Tensor2D, Tensor2D, Tensor2D, Tensor2D];
  const candidate = mask ? mul(tanh(j), mask) : tanh(j);
  const next: Tensor2D = add(mul(c, sigmoid(f)), mul(sigmoid(i), candidate));
  return { c: next, output: sigmoid(o) };
}
