import type { PackedBatch } from './batch.ts';

/** Row at which each step of packed rows begins: `sizes` summed up, `[T]`. */
export function stepStarts(sizes: Int32Array): Int32Array {
  const starts = new Int32Array(sizes.length);
  for (let t = 1; t < sizes.length; t++) starts[t] = (starts[t - 1] as number) + (sizes[t - 1] as number);
  return starts;
}

/**
 * Row numbers that turn packed rows around in time: row t of a sketch of n rows becomes row n - 1 - t.
 *
 * Both orders have the same sizes, since every sketch starts at step 0 either way.
 */
export function backwardOrder({ lengths, encoderSizes }: Pick<PackedBatch, 'lengths' | 'encoderSizes'>): Int32Array {
  const starts = stepStarts(encoderSizes);
  const order: number[] = [];
  for (const [t, size] of encoderSizes.entries()) {
    for (let i = 0; i < size; i++) order.push((starts[(lengths[i] as number) - 1 - t] as number) + i);
  }
  return Int32Array.from(order);
}

/** Which sketch of the batch each packed row belongs to, `[R]`. */
export function sketchOfRow(sizes: Int32Array): Int32Array {
  const sketches = new Int32Array(sizes.reduce((sum, size) => sum + size, 0));
  let row = 0;
  for (const size of sizes) for (let i = 0; i < size; i++) sketches[row++] = i;
  return sketches;
}

/** The last row of each sketch, `[B]`. */
export function lastRows(sizes: Int32Array): Int32Array {
  const last = new Int32Array(sizes[0] ?? 0);
  const starts = stepStarts(sizes);
  for (const [t, size] of sizes.entries()) for (let i = 0; i < size; i++) last[i] = (starts[t] as number) + i;
  return last;
}
