import type { Execution } from './execute.ts';
import type { Block, Memory } from './memory.ts';

/** Pieces put together and taken apart. What is cut along the first axis shares memory where TensorFlow can. */
export function shaping(
  { run, runAll, floats, integers, scalar, attribute }: Execution,
  { keep }: Pick<Memory, 'keep'>,
) {
  const { float } = attribute;
  // Few and used all the time.
  const axes = Array.from({ length: 3 }, (_, axis) => keep(integers(Int32Array.of(axis), [])));
  const axisOf = (axis: number): Block => axes[axis] as Block;
  const listOf = (values: readonly number[]): Block => integers(Int32Array.from(values), [values.length]);

  return {
    /** Blocks one after the other along an axis. */
    join(blocks: readonly Block[], axis: number): Block {
      if (blocks.length === 1) return run('Identity', blocks);
      const attributes = [attribute.integer('N', blocks.length), float, attribute.index('Tidx')];
      return run('ConcatV2', [...blocks, axisOf(axis)], attributes);
    },
    /** Pieces of one size along an axis. */
    parts(block: Block, count: number, axis: number): Block[] {
      const attributes = [attribute.integer('num_split', count), float];
      return runAll('Split', [axisOf(axis), block], { attributes, outputs: count });
    },
    /** Pieces of these sizes along an axis. */
    cut(block: Block, sizes: readonly number[], axis: number): Block[] {
      const attributes = [attribute.integer('num_split', sizes.length), float, attribute.index('Tlen')];
      return runAll('SplitV', [block, listOf(sizes), axisOf(axis)], { attributes, outputs: sizes.length });
    },
    /** `count` rows from the row `from` on; rows are the last axis but one. */
    rows(block: Block, from: number, count: number): Block {
      const axis = block.shape.length - 2;
      const start = block.shape.map((_, i) => (i === axis ? from : 0));
      return run(
        'Slice',
        [block, listOf(start), listOf(block.shape.with(axis, count))],
        [float, attribute.index('Index')],
      );
    },
    /** The numbers, as many as there are columns, added to the last row of a matrix, or of each of several. */
    addToLastRow(block: Block, numbers: Float32Array): Block {
      const last = (block.shape.at(-2) as number) - 1;
      const places =
        block.shape.length === 2 ? [[last]] : Array.from({ length: block.shape[0] as number }, (_, i) => [i, last]);
      const indices = integers(Int32Array.from(places.flat()), [places.length, (places[0] as number[]).length]);
      const updates = floats(Float32Array.from(places.flatMap(() => [...numbers])), [places.length, numbers.length]);
      return run('TensorScatterAdd', [block, indices, updates], [float, attribute.index('Tindices')]);
    },
    /** The same numbers in another shape. */
    shaped(block: Block, shape: readonly number[]): Block {
      return run('Reshape', [block, listOf(shape)], [float, attribute.index('Tshape')]);
    },
    /** Blocks of one shape below each other, along a new first axis. */
    stack: (blocks: readonly Block[]): Block =>
      run('Pack', blocks, [attribute.integer('N', blocks.length), attribute.integer('axis', 0), float]),
    /** What stands along the first axis. */
    unstack: (block: Block): Block[] => {
      const [count] = block.shape as [number];
      const attributes = [attribute.integer('num', count), attribute.integer('axis', 0), float];
      return runAll('Unpack', [block], { attributes, outputs: count });
    },
    /** Matrices with rows and columns changed. */
    turned(block: Block): Block {
      const order = block.shape.length === 2 ? [1, 0] : [0, 2, 1];
      return run('Transpose', [block, listOf(order)], [float, attribute.index('Tperm')]);
    },
    zeros(shape: readonly number[]): Block {
      return run('Fill', [listOf(shape), scalar(0)], [float, attribute.index('index_type')]);
    },
  };
}
