import type { Attribute, Binding } from './binding.ts';
import type { Block, Memory } from './memory.ts';

/** TensorFlow as one runs it: operations by name, and values in and out. */
export interface Execution {
  /** Runs an operation on float32 numbers that has one output. */
  readonly run: (operation: string, inputs: readonly Block[], attributes?: readonly Attribute[]) => Block;
  /** Runs an operation with any number of outputs. */
  readonly runAll: (operation: string, inputs: readonly Block[], options: RunOptions) => Block[];
  /** Numbers as a block, which may share their memory: they must not change. */
  readonly floats: (values: Float32Array, shape: readonly number[]) => Block;
  readonly integers: (values: Int32Array, shape: readonly number[]) => Block;
  readonly scalar: (value: number) => Block;
  /** A copy of the numbers in a block. */
  readonly read: (block: Block) => Float32Array;
  readonly attribute: AttributeMakers;
}

interface RunOptions {
  readonly attributes: readonly Attribute[];
  readonly outputs: number;
}

interface AttributeMakers {
  /** The type of what goes in, float32. */
  readonly float: Attribute;
  /** Types under other names: float32, the int32 of indices and sizes, and truth values. */
  readonly floatAs: (name: string) => Attribute;
  readonly index: (name: string) => Attribute;
  readonly truth: (name: string) => Attribute;
  readonly integer: (name: string, value: number) => Attribute;
  readonly flag: (name: string, value: boolean) => Attribute;
  readonly text: (name: string, value: string) => Attribute;
  readonly shape: (name: string, value: readonly number[]) => Attribute;
}

/** Runs operations through the addon; what they make belongs to `memory`. */
export function openExecution(binding: Binding, memory: Memory): Execution {
  const attribute = attributeMakers(binding);
  const plain = [attribute.float];
  const idOf = ({ id }: Block): number => id;
  const runAll: Execution['runAll'] = (operation, inputs, { attributes, outputs }) =>
    binding.executeOp(operation, attributes, inputs.map(idOf), outputs).map(memory.own);
  const create = (values: Float32Array | Int32Array, shape: readonly number[], type: number): Block =>
    memory.own({ id: binding.createTensor(shape, type, values), shape });

  return {
    run: (operation, inputs, attributes = plain) => runAll(operation, inputs, { attributes, outputs: 1 })[0] as Block,
    runAll,
    floats: (values, shape) => create(values, shape, binding.TF_FLOAT),
    integers: (values, shape) => create(values, shape, binding.TF_INT32),
    scalar: (value) => create(Float32Array.of(value), [], binding.TF_FLOAT),
    read: ({ id }) => binding.tensorDataSync(id),
    attribute,
  };
}

function attributeMakers(binding: Binding): AttributeMakers {
  const type = (name: string, value: number): Attribute => ({ name, type: binding.TF_ATTR_TYPE, value });
  return {
    float: type('T', binding.TF_FLOAT),
    floatAs: (name) => type(name, binding.TF_FLOAT),
    index: (name) => type(name, binding.TF_INT32),
    truth: (name) => type(name, binding.TF_BOOL),
    integer: (name, value) => ({ name, type: binding.TF_ATTR_INT, value }),
    flag: (name, value) => ({ name, type: binding.TF_ATTR_BOOL, value }),
    text: (name, value) => ({ name, type: binding.TF_ATTR_STRING, value }),
    shape: (name, value) => ({ name, type: binding.TF_ATTR_SHAPE, value }),
  };
}
