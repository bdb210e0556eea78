import type { Execution } from './execute.ts';
import type { Block } from './memory.ts';

/** Element by element, shapes spread over each other as in NumPy. */
export function arithmetic({ run, attribute }: Execution) {
  const { float } = attribute;
  const of =
    (operation: string) =>
    (...inputs: Block[]): Block =>
      run(operation, inputs);
  return {
    add: of('AddV2'),
    sub: of('Sub'),
    mul: of('Mul'),
    exp: of('Exp'),
    log: of('Log'),
    square: of('Square'),
    negative: of('Neg'),
    reciprocal: of('Reciprocal'),
    rsqrt: of('Rsqrt'),
    sigmoid: of('Sigmoid'),
    tanh: of('Tanh'),
    /** `(y, dy)`: dy y (1 - y), the gradient through y = sigmoid(x). */
    sigmoidGradient: of('SigmoidGrad'),
    /** `(y, dy)`: dy (1 - y^2), the gradient through y = tanh(x). */
    tanhGradient: of('TanhGrad'),
    /** `(x, least, most)`. */
    clip: of('ClipByValue'),
    /** Of the last axis. */
    softmax: of('Softmax'),
    logSoftmax: of('LogSoftmax'),
    /** The sum of blocks of one shape. */
    sumOf: (blocks: readonly Block[]): Block => run('AddN', blocks, [attribute.integer('N', blocks.length), float]),
  };
}
