import type { Attribute } from './binding.ts';
import type { Execution } from './execute.ts';
import type { Block } from './memory.ts';
import type { shaping } from './shaping.ts';

/** Products of matrices, or of pairs of them along a first axis. */
export function products({ run, attribute }: Execution, { stack, unstack }: ReturnType<typeof shaping>) {
  const flagsOf = (left: string, right: string, [a, b]: readonly [boolean, boolean]): Attribute[] => [
    attribute.flag(left, a),
    attribute.flag(right, b),
    attribute.float,
  ];
  const plain = flagsOf('transpose_a', 'transpose_b', [false, false]);
  const leftTurned = flagsOf('transpose_a', 'transpose_b', [true, false]);
  const rightTurned = flagsOf('transpose_a', 'transpose_b', [false, true]);
  const batched = flagsOf('adj_x', 'adj_y', [false, false]);

  return {
    /** a b. TensorFlow computes pairs each on one thread, side by side. */
    product: (a: Block, b: Block): Block =>
      a.shape.length === 2 ? run('MatMul', [a, b], plain) : run('BatchMatMulV2', [a, b], batched),
    /** a^T b: of pairs one after the other, as their batched product is slow where it must turn one. */
    productOfTurned(a: Block, b: Block): Block {
      if (a.shape.length === 2) return run('MatMul', [a, b], leftTurned);
      const right = unstack(b);
      return stack(unstack(a).map((part, i) => run('MatMul', [part, right[i] as Block], leftTurned)));
    },
    /** a b^T; where b is large, turning it first (`turned`) is twice as fast. */
    productWithTurned: (a: Block, b: Block): Block => run('MatMul', [a, b], rightTurned),
  };
}
