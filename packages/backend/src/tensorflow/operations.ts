import { engine, type Tensor } from '@tensorflow/tfjs-core';

/** The part of tfjs-node's backend that reaches any TensorFlow operation by name. */
interface NodeBackend {
  readonly binding: { readonly TF_ATTR_TYPE: number; readonly TF_FLOAT: number };
  executeSingleOutput(name: string, attributes: readonly unknown[], inputs: readonly Tensor[]): Tensor;
}

/** Gradients that TensorFlow has as one operation and tfjs as a chain of three. */
function unaryGradient<T extends Tensor>(name: 'SigmoidGrad' | 'TanhGrad', y: T, dy: T): T {
  const backend = engine().backend as unknown as NodeBackend;
  const attributes = [{ name: 'T', type: backend.binding.TF_ATTR_TYPE, value: backend.binding.TF_FLOAT }];
  return backend.executeSingleOutput(name, attributes, [y, dy]) as T;
}

/** dy y (1 - y), the gradient through y = sigmoid(x). */
export function sigmoidGradient<T extends Tensor>(y: T, dy: T): T {
  return unaryGradient('SigmoidGrad', y, dy);
}

/** dy (1 - y^2), the gradient through y = tanh(x). */
export function tanhGradient<T extends Tensor>(y: T, dy: T): T {
  return unaryGradient('TanhGrad', y, dy);
}
