import type { Block } from '../native/memory.ts';
import type { TensorFlow } from '../native/tensorflow.ts';
import type { Cell, GateGradients, State } from './cell.ts';
import { type Layer, rowAxis, type StepRecord } from './layer.ts';

/** Gradients that arrive at a layer's h: of every row, `[..., R, units]`, or of each sketch's last, `[..., B, units]`. */
export type Arriving = { readonly every: Block } | { readonly last: Block };

/** Gradients at the sums of some steps that follow each other, `[..., n, 4 units]` each. */
export interface SumGradients {
  readonly steps: readonly Block[];
  /** Sketches running at each of the steps. */
  readonly sizes: readonly number[];
  /** The steps' rows one below the other, `[..., rows, 4 units]`. */
  readonly rows: Block;
}

/** Gradients of a layer, shapes as in `Layer`. */
export interface LayerGradients {
  readonly weights: Block;
  /** Of the cell's own parameters, by their names. */
  readonly own: Own;
  readonly initial: State;
}

type Own = Readonly<Record<string, Block>>;

/** Where a layer's gradients come from, and who else wants those at its sums. */
interface Way<Kept> {
  readonly cell: Cell<Kept>;
  readonly records: readonly StepRecord<Kept>[];
  readonly arriving: Arriving;
  /** Is shown all of them, the last steps first; blocks that it keeps it returns. */
  readonly collect?: (gradients: SumGradients) => unknown;
}

/**
 * Weights' gradients are products over this many rows at a time: enough for full speed, few enough that the rows are still in
 * the processor's cache.
 */
const ROWS = 1024;

/** Back through the steps of a layer. */
export function passBack<Kept>(tf: TensorFlow, { sizes, weights, initial }: Layer, way: Way<Kept>): LayerGradients {
  const { cell, records, arriving } = way;
  const units = initial.h.shape.at(-1) as number;
  const weightsTurned = tf.within(() => tf.turned(tf.rows(weights, 0, units))); // [..., 4 units, units]
  const every = 'every' in arriving ? tf.cut(arriving.every, sizes, rowAxis(arriving.every)) : undefined;
  const last = 'last' in arriving ? arriving.last : undefined;
  const found: GateGradients[] = [];
  let sum: Summed | undefined;
  let carried: { h: Block | undefined; c: Block | undefined } = { h: undefined, c: undefined };
  for (const [t, record] of [...records.entries()].toReversed()) {
    const { gradients, dh } = tf.within(() => {
      const shape = initial.h.shape.with(rowAxis(initial.h), sizes[t] as number);
      const ended = sizes[t + 1] ?? 0;
      const c = joinEnded(tf, carried.c, { shape, ended, arriving: undefined });
      const after = joinEnded(tf, carried.h, { shape, ended, arriving: last });
      const here = every?.[t];
      const h = (here && after ? tf.add(after, here) : (here ?? after)) as Block;
      const gates = cell.backward(record.gates, { h, c });
      return { gradients: gates, dh: tf.product(gates.sums, weightsTurned) };
    });
    // What is let go of now, later steps use anew.
    tf.free(Object.values(carried).filter((block) => block !== undefined));
    carried = { h: dh, c: gradients.c };
    found.unshift(gradients);
    const steps = sizes.slice(t, t + found.length);
    if (t > 0 && steps.reduce((rows, size) => rows + size, 0) < ROWS) continue;
    const some = records.slice(t, t + found.length);
    sum = summed(tf, way, { found, records: some, sizes: steps, before: sum });
    tf.free([...some.map(({ joined }) => joined), ...found.map(({ sums }) => sums)]);
    found.length = 0;
  }
  return { ...(sum as Summed), initial: carried as State };
}

/** Gradients of what steps share. */
type Summed = Pick<LayerGradients, 'weights' | 'own'>;

/** Those of some steps, added to those of the steps after them. */
function summed<Kept>(
  tf: TensorFlow,
  { cell, collect }: Way<Kept>,
  {
    found,
    records,
    sizes,
    before,
  }: {
    found: readonly GateGradients[];
    records: readonly StepRecord<Kept>[];
    sizes: readonly number[];
    before: Summed | undefined;
  },
): Summed {
  const { sum } = tf.within(() => {
    const steps = found.map(({ sums }) => sums);
    const axis = rowAxis(steps[0] as Block);
    const joined = records.map((record) => record.joined);
    const rows = tf.join(steps, axis);
    const weights = tf.productOfTurned(tf.join(joined, axis), rows);
    const own = cell.own(
      records.map(({ gates }) => gates),
      found,
    );
    return {
      sum: before ? { weights: tf.add(before.weights, weights), own: addEach(tf, before.own, own) } : { weights, own },
      kept: collect?.({ steps, sizes, rows }),
    };
  });
  if (before) tf.free([before.weights, ...Object.values(before.own)]);
  return sum;
}

function addEach(tf: TensorFlow, a: Own, b: Own): Own {
  return Object.fromEntries(Object.entries(a).map(([name, block]) => [name, tf.add(block, b[name] as Block)]));
}

/**
 * A gradient with the rows of sketches that end here added: from what arrives at them, else zeros.
 *
 * @returns undefined where all of it is zero
 */
function joinEnded(
  tf: TensorFlow,
  gradient: Block | undefined,
  { shape, ended, arriving }: { shape: readonly number[]; ended: number; arriving: Block | undefined },
): Block | undefined {
  const axis = shape.length - 2;
  const count = (shape[axis] as number) - ended;
  if (count === 0 || (!gradient && !arriving)) return gradient;
  const added = arriving ? tf.rows(arriving, ended, count) : tf.zeros(shape.with(axis, count));
  return gradient ? tf.join([gradient, added], axis) : added;
}
