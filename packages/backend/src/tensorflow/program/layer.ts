import type { Block } from '../native/memory.ts';
import type { TensorFlow } from '../native/tensorflow.ts';
import type { Cell, State } from './cell.ts';

/** A recurrent layer over packed rows: blocks of one layer, `[rows, columns]`, or of two side by side, `[2, rows, columns]`. */
export interface Layer {
  /** Sketches still running at each step, never more than at the step before. */
  readonly sizes: readonly number[];
  /** What stands beside h in a product with the weights, `[..., R, inputs]`. */
  readonly inputs: Block;
  /** Of h, below them of the inputs: `[..., units + inputs, 4 units]`. */
  readonly weights: Block;
  /** Added to the sums of all of a sketch's rows, `[B, 4 units]`. */
  readonly sketchSums?: Block;
  /** Added to the sums of each row, `[R, 4 units]`. */
  readonly rowSums?: Block;
  /** Recurrent dropout, 0 or 1 / keep, `[..., R, units]`. */
  readonly mask?: Block;
  /** Before the first step, `[..., B, units]`. */
  readonly initial: State;
}

/** What a step leaves for the way back. */
export interface StepRecord<Kept> {
  /** [h before | inputs], `[..., n, units + inputs]`. */
  readonly joined: Block;
  readonly gates: Kept;
}

/** A layer's way through time. */
export interface Passed<Kept> {
  /** h after each step, `[..., n, units]`. */
  readonly hidden: readonly Block[];
  readonly records: readonly StepRecord<Kept>[];
}

/** Takes a layer through its steps, each leaving a record for the way back (`layer-backward.ts`). */
export function pass<Kept>(tf: TensorFlow, layer: Layer, cell: Cell<Kept>): Passed<Kept> {
  const { sizes } = layer;
  const weights = cell.weights(layer.weights);
  const inputs = tf.cut(layer.inputs, sizes, rowAxis(layer.inputs));
  const masks = layer.mask && tf.cut(layer.mask, sizes, rowAxis(layer.mask));
  const rowSums = layer.rowSums && tf.cut(cell.added(layer.rowSums), sizes, 0);
  const hidden: Block[] = [];
  const records: StepRecord<Kept>[] = [];
  let state = layer.initial;
  let sketchSums = layer.sketchSums && cell.added(layer.sketchSums);
  for (const [t, size] of sizes.entries()) {
    const before = { h: firstRows(tf, state.h, size), c: firstRows(tf, state.c, size) };
    sketchSums = sketchSums && firstRows(tf, sketchSums, size);
    const added = rowSums?.[t] ?? sketchSums;
    const { next, record } = tf.within(() => {
      const joined = tf.join([before.h, inputs[t] as Block], before.h.shape.length - 1);
      const sums = tf.within(() => {
        const product = tf.product(joined, weights); // [..., n, 4 units]
        return added ? tf.add(product, added) : product;
      });
      const { record: gates, next: after } = cell.forward({ sums, c: before.c, mask: masks?.[t] });
      return { next: after, record: { joined, gates } };
    });
    records.push(record);
    hidden.push(next.h);
    state = next;
  }
  return { hidden, records };
}

/** The axis of rows: the last but one. */
export function rowAxis({ shape }: Block): number {
  return shape.length - 2;
}

function firstRows(tf: TensorFlow, block: Block, count: number): Block {
  return block.shape[rowAxis(block)] === count ? block : tf.rows(block, 0, count);
}

/** Each sketch's last h, `[..., B, units]`: the shortest ended first and stand last. */
export function lastHidden(tf: TensorFlow, hidden: readonly Block[], sizes: readonly number[]): Block {
  const pieces = hidden.flatMap((h, t) => {
    const [size, after] = [sizes[t] as number, sizes[t + 1] ?? 0];
    return size === after ? [] : [after === 0 ? h : tf.rows(h, after, size - after)];
  });
  return tf.join(pieces.toReversed(), rowAxis(hidden[0] as Block));
}
