import { fill, type Tensor2D } from '@tensorflow/tfjs-core';
import { PEAK_SHAPE, peakOf } from '../fused/peak.ts';
import { product } from './operations.ts';

/** The most that TensorFlow's product of matrices reaches, operations a second. */
export async function tensorflowPeak(): Promise<number> {
  const { rows, inner, columns } = PEAK_SHAPE;
  const [a, b] = [fill([rows, inner], 0.5) as Tensor2D, fill([inner, columns], 0.25) as Tensor2D];
  const peak = await peakOf(async () => product(a, b).dispose());
  a.dispose();
  b.dispose();
  return peak;
}
