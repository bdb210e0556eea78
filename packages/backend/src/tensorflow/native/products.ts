import type { Execution } from './execute.ts';
import type { Block } from './memory.ts';
import type { shaping } from './shaping.ts';

/**
 * From this many multiplications on TensorFlow's plain product on a processor is safe from signals. Below it may take a kernel
 * during which a signal that is handled (Ctrl-C) corrupts the heap: seen with TensorFlow 2.21 up to 20 million, but neither with
 * a single row nor with the batched product, which is as fast at these sizes.
 */
const SAFE_FROM = 24e6;

/**
 * TensorFlow keeps a kernel for every shape that its batched product has met, a quarter of a megabyte each: where rows come in all
 * numbers, they are filled up with zeros to a multiple of this.
 */
const ROWS = 32;

/** Which factor is turned. */
interface Turns {
  readonly a: boolean;
  readonly b: boolean;
}

type Shaping = Pick<ReturnType<typeof shaping>, 'stack' | 'unstack' | 'join' | 'zeros' | 'rows'>;

/** Products of matrices, or of pairs of them along a first axis. */
export function products(
  { run, attribute }: Pick<Execution, 'run' | 'attribute'>,
  { stack, unstack, join, zeros, rows: someRows }: Shaping,
) {
  const batchedAs = ({ a, b }: Turns) => [attribute.flag('adj_x', a), attribute.flag('adj_y', b), attribute.float];

  /** A product of two matrices. */
  const kind = (turns: Turns) => {
    const plain = [attribute.flag('transpose_a', turns.a), attribute.flag('transpose_b', turns.b), attribute.float];
    const batched = batchedAs(turns);
    return (a: Block, b: Block): Block => {
      const [rows, inner] = (turns.a ? a.shape.toReversed() : a.shape) as [number, number];
      const columns = b.shape[turns.b ? 0 : 1] as number;
      const single = rows === 1 && !turns.a && !turns.b;
      const safe = single || rows * inner * columns >= SAFE_FROM;
      if (safe) return run('MatMul', [a, b], plain);
      if (turns.a) return run('BatchMatMulV2', [filledUp(a), filledUp(b)], batched);
      const filled = filledUp(a);
      const result = run('BatchMatMulV2', [filled, b], batched);
      return filled === a ? result : someRows(result, 0, rows);
    };
  };
  const filledUp = (block: Block): Block => {
    const [rows, columns] = block.shape as [number, number];
    const missing = rows > ROWS ? -rows & (ROWS - 1) : 0;
    return missing === 0 ? block : join([block, zeros([missing, columns])], 0);
  };
  const product = kind({ a: false, b: false });
  const productOfTurned = kind({ a: true, b: false });
  const pairs = batchedAs({ a: false, b: false });

  return {
    /** a b. TensorFlow computes pairs each on one thread, side by side. */
    product: (a: Block, b: Block): Block =>
      a.shape.length === 2 ? product(a, b) : run('BatchMatMulV2', [a, b], pairs),
    /** a^T b: of pairs one after the other, as their batched product is slow where it must turn one. */
    productOfTurned(a: Block, b: Block): Block {
      if (a.shape.length === 2) return productOfTurned(a, b);
      const right = unstack(b);
      return stack(unstack(a).map((part, i) => productOfTurned(part, right[i] as Block)));
    },
    /** a b^T; where b is large, turning it first (`turned`) is twice as fast. */
    productWithTurned: kind({ a: false, b: true }),
  };
}
