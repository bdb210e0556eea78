import { arithmetic } from './arithmetic.ts';
import { tensorflowBinding } from './binding.ts';
import { openExecution } from './execute.ts';
import { openMemory } from './memory.ts';
import { products } from './products.ts';
import { reductions } from './reductions.ts';
import { shaping } from './shaping.ts';

/** TensorFlow's own operations, past tfjs; whatever they make is freed by `within`, and the rest by `close`. */
export type TensorFlow = ReturnType<typeof openTensorFlow>;

export function openTensorFlow() {
  const binding = tensorflowBinding();
  const memory = openMemory(binding);
  const execution = openExecution(binding, memory);
  const shapes = shaping(execution, memory);
  return {
    ...memory,
    ...execution,
    ...shapes,
    ...arithmetic(execution),
    ...products(execution, shapes),
    ...reductions(execution),
  };
}
