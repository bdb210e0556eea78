import type { Block } from '../native/memory.ts';
import type { TensorFlow } from '../native/tensorflow.ts';

/** Inside the root (Magenta `rnn.py`, `layer_norm`). */
const EPSILON = 1e-3;

/** What a layer normalisation leaves for its gradient: (x - mean) / deviation, and 1 / deviation. */
export interface Normalised {
  /** The shape of x. */
  readonly unit: Block;
  /** `[rows x groups, 1]`. */
  readonly inverse: Block;
}

/**
 * Layer normalisation (Ba et al. 2016, eq. 4) without its gain and shift, each of `groups` blocks of columns on its own.
 *
 * @param x `[..., groups * units]`
 */
export function normalise(tf: TensorFlow, x: Block, groups: number): Normalised {
  const blocks = tf.shaped(x, blocksOf(x, groups));
  const centred = tf.sub(blocks, tf.meanKept(blocks, 1));
  const inverse = tf.rsqrt(tf.add(tf.meanKept(tf.square(centred), 1), tf.scalar(EPSILON)));
  return { unit: tf.shaped(tf.mul(centred, inverse), x.shape), inverse };
}

/**
 * The gradient through `normalise`: (d - mean(d) - unit mean(d unit)) / deviation.
 *
 * @param d gradient at `unit`
 */
export function normaliseGradient(
  tf: TensorFlow,
  { unit, inverse }: Normalised,
  { d, groups }: { d: Block; groups: number },
): Block {
  const shape = blocksOf(d, groups);
  const dBlocks = tf.shaped(d, shape);
  const unitBlocks = tf.shaped(unit, shape);
  const along = tf.mul(unitBlocks, tf.meanKept(tf.mul(dBlocks, unitBlocks), 1));
  const across = tf.sub(tf.sub(dBlocks, tf.meanKept(dBlocks, 1)), along);
  return tf.shaped(tf.mul(across, inverse), d.shape);
}

function blocksOf({ shape }: Block, groups: number): [number, number] {
  const units = (shape.at(-1) as number) / groups;
  return [shape.reduce((product, side) => product * side, 1) / units, units];
}
