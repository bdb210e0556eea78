import { engine } from '@tensorflow/tfjs-core';

/** An attribute of a TensorFlow operation. */
export interface Attribute {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

/** What tfjs-node's addon offers of TensorFlow's C interface (its `binding/tfjs_backend.cc`). */
export interface Binding {
  /** Shares the array's memory where it is aligned. */
  createTensor(shape: readonly number[], type: number, values: Float32Array | Int32Array): number;
  deleteTensor(id: number): void;
  /** A copy. */
  tensorDataSync(id: number): Float32Array;
  executeOp(
    operation: string,
    attributes: readonly Attribute[],
    inputs: readonly number[],
    outputs: number,
  ): { readonly id: number; readonly shape: readonly number[] }[];
  getNumOfTensors(): number;
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  readonly TF_BOOL: number;
  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_SHAPE: number;
}

/** The addon under the backend that tfjs calls tensorflow, which must be loaded. */
export function tensorflowBinding(): Binding {
  return (engine().findBackend('tensorflow') as unknown as { readonly binding: Binding }).binding;
}
