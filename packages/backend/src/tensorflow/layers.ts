import { composeLayers, forgetBias, type Layer, type RunLayers } from '@sketch-rnn/core/reference';
import { add, gather, stack, type Tensor, type Tensor2D, tensor1d, unstack } from '@tensorflow/tfjs-core';
import { recurrence } from './recurrence.ts';

/**
 * Recurrent layers with gradients by hand: no tape over the steps, weight gradients as one product over all rows, and the
 * encoder's two directions as one batched computation. Hyper cells run as in the reference.
 */
export const runLayers: RunLayers = (layers) => {
  const [first] = layers;
  if (!first || first.cell === 'hyper') return composeLayers(layers);
  const normalised = first.cell === 'layer_norm';
  const [h, c] = normalised ? [0, 1] : [1, 0];
  const together = (part: (layer: Layer) => Tensor): Tensor =>
    layers.length === 1 ? part(first) : stack(layers.map(part)); // [(directions,) ...]
  const output = recurrence({
    sums: together(constantSums),
    hiddenWeights: together(({ parameters }) => parameters('hiddenWeights')),
    h: together(({ initial }) => initial[h] as Tensor2D),
    c: together(({ initial }) => initial[c] as Tensor2D),
    ...(normalised && {
      norm: {
        gateGamma: together(({ parameters }) => parameters('gates.gamma')),
        gateBeta: together(({ parameters }) => {
          const beta = parameters('gates.beta');
          return add(beta, forgetBias(beta.size / 4));
        }),
        cellGamma: together(({ parameters }) => parameters('cell.gamma')),
        cellBeta: together(({ parameters }) => parameters('cell.beta')),
      },
    }),
    ...(first.mask && { mask: together(({ mask }) => mask as Tensor2D) }),
    sizes: first.sizes,
    emit: first.emit,
  });
  return layers.length === 1 ? [output as Tensor2D] : (unstack(output) as Tensor2D[]);
};

/** All of a row's sums that need no state: x W, what is constant for its sketch, and the biases, `[rows, 4 units]`. */
function constantSums({ cell, inputs, constant, parameters, sizes }: Layer): Tensor {
  const [sums] = inputs as [Tensor2D];
  const bias = cell === 'lstm' ? parameters('bias') : undefined;
  const biases = bias && add(bias, forgetBias(bias.size / 4));
  if (!constant) return biases ? add(sums, biases) : sums;
  // The biases join the few rows of the sketches, not the many of their steps.
  const perSketch = biases ? add(constant[0] as Tensor2D, biases) : (constant[0] as Tensor2D);
  return add(sums, gather(perSketch, tensor1d(sketchOfRow(sizes), 'int32')));
}

/** Which sketch of the batch each packed row belongs to. */
function sketchOfRow(sizes: Int32Array): Int32Array {
  const sketches = new Int32Array(sizes.reduce((sum, size) => sum + size, 0));
  let row = 0;
  for (const size of sizes) for (let i = 0; i < size; i++) sketches[row++] = i;
  return sketches;
}
