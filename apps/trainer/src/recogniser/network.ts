/**
 * The recogniser's network: eight convolutions, a mean over what is left of the picture, one score a class.
 *
 * The weights of each convolution are standardised (Qiao et al. 2019, "Micro-batch training with batch-channel normalization and
 * weight standardization"; Brock et al. 2021, "Characterizing signal propagation", eq. 1): that trains as fast as batch
 * normalisation, costs next to nothing, and a drawing's scores do not depend on what else is in the batch.
 */
import {
  add,
  conv2d,
  div,
  matMul,
  mean,
  moments,
  mul,
  relu,
  reshape,
  sqrt,
  sub,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { LAYERS } from './layers.ts';
import { SIDE } from './raster.ts';

/** Weights by name. */
export type Weights = Readonly<Record<string, Tensor>>;

/** Makes the mean square of a picture 1, most of which is empty: that of real drawings is 1 / 15. */
const INK = 4;

/** Makes the features of real drawings differ by about 1 before the first step; means over 16 places differ little. */
const CONTRAST = 5;

/** sqrt(2 / (1 - 1 / pi)): makes up for what a ReLU takes from the variance of a standard normal. */
const RELU_GAIN = 1.7139588594436646;

/**
 * What stands for each picture before it is scored.
 *
 * @param images `[n, SIDE * SIDE]`
 * @returns `[n, FEATURES]`
 */
export function featuresOf(weights: Weights, images: Tensor2D): Tensor2D {
  let layer: Tensor4D = reshape(mul(images, INK), [-1, SIDE, SIDE, 1]);
  for (const { name, stride } of LAYERS) {
    const kernel = standardised(weights[`${name}.weights`] as Tensor4D, weights[`${name}.gain`] as Tensor1D);
    const before: Tensor4D = add(conv2d(layer, kernel, stride, 'same'), weights[`${name}.bias`] as Tensor1D);
    layer = relu(before);
  }
  return mul(mean<Tensor2D>(layer, [1, 2]), CONTRAST);
}

/**
 * The score of each class, before the softmax.
 *
 * @param features `[n, FEATURES]`
 * @returns `[n, classes]`
 */
export function scoresOf(weights: Weights, features: Tensor2D): Tensor2D {
  return add(matMul(features, weights['scores.weights'] as Tensor2D), weights['scores.bias'] as Tensor1D);
}

/** Each output's weights with mean 0 and variance gain^2 x 2 / (1 - 1 / pi) / inputs. */
function standardised(weights: Tensor4D, gain: Tensor1D): Tensor4D {
  const [height, width, channels] = weights.shape;
  const centre = moments(weights, [0, 1, 2], true);
  const spread = sqrt(add(mul(centre.variance, height * width * channels), 1e-4));
  const standard: Tensor4D = div(sub(weights, centre.mean), spread);
  return mul(standard, mul(gain, RELU_GAIN));
}
