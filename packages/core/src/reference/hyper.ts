import {
  add,
  concat,
  matMul,
  mul,
  reshape,
  slice,
  split,
  stack,
  tanh,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
  transpose,
  zeros,
} from '@tensorflow/tfjs-core';
import { GATES } from '../parameters.ts';
import type { CellParameters, RecurrentCell } from './cell.ts';
import { forgetBias, remember } from './gates.ts';
import { layerNorm } from './layer-norm.ts';
import { lstm } from './lstm.ts';
import { normalise } from './normalise.ts';

/**
 * HyperLSTM as in Magenta's `HyperLSTMCell` (`rnn.py`; Ha et al. 2016, section 3.2 and eq. 10..13).
 *
 * An inner layer-norm LSTM reads [x | h]; from its hidden vector q come, for each gate, factors for the two sums and a shift:
 *
 *     scale x = (q Wzx + bzx) Sx,  scale h = (q Wzh + bzh) Sh,  shift = (q Wzb) Sb
 *     i, j, f, o = LN(scale x (x W) + scale h (h U) + shift + b), each gate on its own
 *
 * and then as in the layer-norm cell. State [h | inner h | c | inner c].
 */
export const hyper: RecurrentCell = {
  widths: (size, hyperSize) => [size, hyperSize, size, hyperSize],
  hidden: 0,
  project(parameters, inputs, from) {
    return [...lstm.project(parameters, inputs, from), ...layerNorm.project(innerOf(parameters), inputs, from)];
  },
  prepare(parameters) {
    const inner = innerOf(parameters);
    const innerStep = layerNorm.prepare(inner);
    const hiddenWeights = parameters('hiddenWeights') as Tensor2D;
    const size = hiddenWeights.shape[0];
    const innerWeights = inner('inputWeights') as Tensor2D;
    // The inner cell's input is [x | condition | h]: h meets the last rows.
    const inputs = innerWeights.shape[0] - size;
    const innerHiddenInput = slice(innerWeights, [inputs, 0], [size, innerWeights.shape[1]]);
    const modulate = modulation(parameters);
    const gateAffine = { gamma: parameters('gates.gamma'), beta: add(parameters('gates.beta'), forgetBias(size)) };
    const cellAffine = { gamma: parameters('cell.gamma'), beta: parameters('cell.beta') };
    return ([xW, innerXW], [h, innerH, c, innerC], mask) => {
      const innerSums: Tensor2D = add(innerXW as Tensor2D, matMul(h as Tensor2D, innerHiddenInput));
      const [q, nextInnerC] = innerStep([innerSums], [innerH as Tensor2D, innerC as Tensor2D]);
      const [scaleX, scaleH, shift] = modulate(q as Tensor2D);
      const hU = matMul(h as Tensor2D, hiddenWeights);
      const scaled = add(mul(scaleX, xW as Tensor2D), mul(scaleH, hU)); // [n, 4 units]
      const sums: Tensor2D = add(add(scaled, shift), parameters('bias'));
      const next = remember(normalise(sums, gateAffine, 4), c as Tensor2D, mask);
      const normalised = normalise(next.c, cellAffine, 1);
      const nextH = mul(tanh(normalised), next.output);
      return [nextH as Tensor2D, q as Tensor2D, next.c, nextInnerC as Tensor2D];
    };
  },
};

function innerOf(parameters: CellParameters): CellParameters {
  return (name) => parameters(`inner.${name}`);
}

type Modulation = readonly [scaleX: Tensor2D, scaleH: Tensor2D, shift: Tensor2D];

/**
 * From q `[n, inner units]` the factors and the shift, `[n, 4 units]` each.
 *
 * The twelve small products (x, h and shift of four gates) are one matrix product and one batched one.
 */
function modulation(parameters: CellParameters): (q: Tensor2D) => Modulation {
  const part = (suffix: string, name: string): Tensor[] =>
    GATES.map((gate) => parameters(`hyper.${gate}${suffix}.${name}`));
  const biases = [...part('x', 'embedding.bias'), ...part('h', 'embedding.bias')] as Tensor1D[];
  const [embedding] = (biases[0] as Tensor1D).shape;
  const toEmbeddings = concat(
    [...part('x', 'embedding.weights'), ...part('h', 'embedding.weights'), ...part('h', 'shiftEmbedding')],
    1,
  ) as Tensor2D; // [inner units, 12 embedding]
  const bias = concat([...biases, zeros([4 * embedding])], 0); // [12 embedding]
  const toUnits = stack([...part('x', 'scale'), ...part('h', 'scale'), ...part('h', 'shift')]) as Tensor3D; // [12, embedding, units]
  const units = toUnits.shape[2];
  return (q) => {
    const [n] = q.shape;
    const embeddings = reshape(add(matMul(q, toEmbeddings), bias), [n, 12, embedding]);
    const products = matMul(transpose(embeddings, [1, 0, 2]), toUnits); // [12, n, units]
    const byRow = reshape(transpose(products, [1, 0, 2]), [n, 12 * units]);
    return split(byRow, 3, 1) as unknown as Modulation;
  };
}
