import type { Device } from './device.ts';

/** The product that peaks are measured with, [rows, inner] x [inner, columns]: that of Magenta's decoder, many rows at once. */
export const PEAK_SHAPE = { rows: 4096, inner: 512, columns: 2048 } as const;

const PEAK_FLOPS = 2 * PEAK_SHAPE.rows * PEAK_SHAPE.inner * PEAK_SHAPE.columns;

/** Milliseconds that a peak is measured for. */
const DURATION = 700;

/** Operations a second of what is done again and again: the first time, which sets things up, is not counted. */
export async function peakOf(product: () => Promise<void>): Promise<number> {
  await product();
  const begun = performance.now();
  let count = 0;
  while (performance.now() - begun < DURATION) {
    await product();
    count++;
  }
  return (count * PEAK_FLOPS * 1000) / (performance.now() - begun);
}

/** The most that a device's product of matrices reaches, operations a second. */
export async function devicePeak(device: Device): Promise<number> {
  const { rows, inner, columns } = PEAK_SHAPE;
  const [a, weights, out] = [
    device.scratch(rows, inner),
    device.scratch(inner, columns),
    device.scratch(rows, columns),
  ];
  device.kernels.fill(a, 0.5);
  device.kernels.fill(weights, 0.25);
  const b = device.kernels.prepare(weights, false);
  const peak = await peakOf(async () => {
    device.kernels.multiply({ a, b, out, add: false });
    // What was only recorded has to be done.
    await device.read({ ...out, rows: 1, columns: 1 });
  });
  device.release();
  return peak;
}
