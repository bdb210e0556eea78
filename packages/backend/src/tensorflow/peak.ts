import { PEAK_SHAPE, peakOf } from '../fused/peak.ts';
import type { Block } from './native/memory.ts';
import { openTensorFlow, type TensorFlow } from './native/tensorflow.ts';

/** The most that TensorFlow's product of matrices reaches, operations a second. */
export async function tensorflowPeak(): Promise<number> {
  const tf = openTensorFlow();
  const { rows, inner, columns } = PEAK_SHAPE;
  const [a, b] = tf.within(() => [filled(tf, [rows, inner], 0.5), filled(tf, [inner, columns], 0.25)] as const);
  return peakOf(async () => {
    tf.within(() => void tf.product(a, b));
  }).finally(() => tf.close());
}

function filled(tf: TensorFlow, [rows, columns]: readonly [number, number], value: number): Block {
  return tf.floats(new Float32Array(rows * columns).fill(value), [rows, columns]);
}
