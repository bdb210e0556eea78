import { outputSize, type TrainingStep } from '@sketch-rnn/core';
import type { PackedBatch } from '@sketch-rnn/data';
import type { Block } from '../native/memory.ts';
import { density } from './mixture.ts';
import { STROKE } from './strokes.ts';
import type { TensorFlow } from '../native/tensorflow.ts';

/** Log probabilities of every row, `[R, 1]` each, nats, unweighted, and the way back to the decoder's output. */
export interface Logs {
  readonly offset: Block;
  readonly pen: Block;
  /** From the gradients at the offset's and the negative one at the pen's to that at the output, `[R, 3 + 6 M]`. */
  backward(d: { offset: Block; minusPen: Block }): Block;
}

/**
 * What a row of the decoder's output says of the row that comes next (core `reference/loss.ts`).
 *
 * @param raw `[R, 3 + 6 M]`
 */
export function logProbabilities(
  tf: TensorFlow,
  raw: Block,
  { batch, form = 'log' }: { batch: PackedBatch; form?: TrainingStep['offsetLoss'] | undefined },
): Logs {
  const [rows, columns] = raw.shape as [number, number];
  const mixtures = (columns - outputSize({ mixtures: 0 })) / 6;
  const [pen, ...outputs] = tf.cut(raw, [3, ...Array.from({ length: 6 }, () => mixtures)], 1) as [Block, ...Block[]];
  const targets = tf.floats(batch.decoderTargets, [rows, STROKE]);
  const [x, y, penStates] = tf.cut(targets, [1, 1, 3], 1) as [Block, Block, Block];
  const mixture = density(tf, outputs, { offset: [x, y], form });
  // In one operation: -sum(p log softmax), `[R]`, and its gradient softmax - p, `[R, 3]`.
  const [crossEntropy, dPen] = tf.runAll('SoftmaxCrossEntropyWithLogits', [pen, penStates], {
    attributes: [tf.attribute.float],
    outputs: 2,
  }) as [Block, Block];
  return {
    offset: mixture.log,
    pen: tf.shaped(tf.negative(crossEntropy), [rows, 1]),
    backward: (d) => tf.join([tf.mul(dPen, d.minusPen), ...mixture.backward(d.offset)], 1),
  };
}
