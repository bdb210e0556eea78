import type { Execution } from './execute.ts';
import type { Block } from './memory.ts';

/** Sums and the like along axes. */
export function reductions({ run, integers, attribute }: Execution) {
  const { float } = attribute;
  const reduce =
    (operation: string, keep: boolean) =>
    (block: Block, ...axes: number[]): Block =>
      run(
        operation,
        [block, integers(Int32Array.from(axes), [axes.length])],
        [attribute.flag('keep_dims', keep), float, attribute.index('Tidx')],
      );
  const all = (truth: Block): Block => {
    const axes = Int32Array.from(truth.shape.keys());
    return run(
      'All',
      [truth, integers(axes, [axes.length])],
      [attribute.flag('keep_dims', false), attribute.index('Tidx')],
    );
  };
  const asNumber = (truth: Block): Block => run('Cast', [truth], [attribute.truth('SrcT'), attribute.floatAs('DstT')]);

  return {
    /** `(block, ...axes)`: without these axes. */
    sum: reduce('Sum', false),
    /** With these axes of size 1. */
    sumKept: reduce('Sum', true),
    meanKept: reduce('Mean', true),
    maxKept: reduce('Max', true),
    /** 1 where a >= b, else 0. */
    atLeast: (a: Block, b: Block): Block => asNumber(run('GreaterEqual', [a, b])),
    /** A scalar, 1 where every number of the block is finite, else 0. */
    finite: (block: Block): Block => asNumber(all(run('IsFinite', [block]))),
  };
}
