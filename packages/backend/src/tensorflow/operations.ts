import { engine, matMul, type Tensor, transpose } from '@tensorflow/tfjs-core';

/** The part of tfjs-node's backend that reaches any TensorFlow operation by name. */
interface NodeBackend {
  readonly binding: { readonly TF_ATTR_TYPE: number; readonly TF_ATTR_BOOL: number; readonly TF_FLOAT: number };
  executeSingleOutput(name: string, attributes: readonly unknown[], inputs: readonly Tensor[]): Tensor;
}

/** Runs a TensorFlow operation on float32 tensors; `flags` are its boolean attributes. */
function execute(name: string, inputs: readonly Tensor[], flags: Readonly<Record<string, boolean>> = {}): Tensor {
  const backend = engine().backend as unknown as NodeBackend;
  const { TF_ATTR_BOOL, TF_ATTR_TYPE, TF_FLOAT } = backend.binding;
  const attributes = [
    ...Object.entries(flags).map(([flag, value]) => ({ name: flag, type: TF_ATTR_BOOL, value })),
    { name: 'T', type: TF_ATTR_TYPE, value: TF_FLOAT },
  ];
  return backend.executeSingleOutput(name, attributes, inputs);
}

/**
 * a b, or a^T b, of matrices or of pairs of them.
 *
 * tfjs always asks for a batched product, which TensorFlow computes on one thread; plain matrices get a plain product.
 */
export function product(a: Tensor, b: Tensor, { transposeA = false } = {}): Tensor {
  if (a.rank > 2) return matMul(a, b, transposeA);
  return execute('MatMul', [a, b], { transpose_a: transposeA, transpose_b: false });
}

/** Matrices with rows and columns changed: a product with them is faster than one that is told to transpose. */
export function turned(matrices: Tensor): Tensor {
  return transpose(matrices, matrices.rank === 2 ? [1, 0] : [0, 2, 1]);
}

/** dy y (1 - y), the gradient through y = sigmoid(x): one operation where tfjs has a chain of three. */
export function sigmoidGradient<T extends Tensor>(y: T, dy: T): T {
  return execute('SigmoidGrad', [y, dy]) as T;
}

/** dy (1 - y^2), the gradient through y = tanh(x). */
export function tanhGradient<T extends Tensor>(y: T, dy: T): T {
  return execute('TanhGrad', [y, dy]) as T;
}
