import type { Block } from '../native/memory.ts';
import type { TensorFlow } from '../native/tensorflow.ts';

/**
 * Sums of packed rows by sketch.
 *
 * @param steps the rows of each step, `[n, columns]`
 * @param sizes sketches still running at each step
 * @param after sums of the steps that follow
 * @returns of the sketches running at the first step, `[n, columns]`
 */
export function sumBySketch(
  tf: TensorFlow,
  { steps, sizes }: { steps: readonly Block[]; sizes: readonly number[] },
  after?: Block,
): Block {
  return tf.within(() => {
    let sum = after;
    // From the last step on, sketches only join: steps of one size are summed up together.
    for (const { from, to } of runsOf(sizes).toReversed()) {
      const same = steps.slice(from, to);
      sum = tf.sumOf(sum ? [filledUp(tf, sum, sizes[from] as number), ...same] : same);
    }
    return sum as Block;
  });
}

/** With zeros below, up to this many rows. */
function filledUp(tf: TensorFlow, block: Block, rows: number): Block {
  const [count, columns] = block.shape as [number, number];
  return count === rows ? block : tf.join([block, tf.zeros([rows - count, columns])], 0);
}

/** Steps of the same size, one run after the other. */
function runsOf(sizes: readonly number[]): { from: number; to: number }[] {
  const starts = [...sizes.keys()].filter((t) => t === 0 || sizes[t] !== sizes[t - 1]);
  return starts.map((from, k) => ({ from, to: starts[k + 1] ?? sizes.length }));
}
