/** Figures of a measurement. */
export interface Summary {
  readonly median: number;
  readonly p95: number;
  readonly most: number;
}

/** Median, 95th percentile and greatest of values, to three decimals. */
export function summary(values: readonly number[]): Summary {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => Math.round(1000 * (sorted[Math.ceil(share * sorted.length) - 1] ?? 0)) / 1000;
  return { median: at(0.5), p95: at(0.95), most: at(1) };
}

/** Slope of the least-squares line through points `[x, y]`, to three decimals. */
export function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(points.map(([value]) => value)), mean(points.map(([, value]) => value))];
  const spread = points.reduce((sum, [px]) => sum + (px - x) ** 2, 0);
  const shared = points.reduce((sum, [px, py]) => sum + (px - x) * (py - y), 0);
  return Math.round((1000 * shared) / spread) / 1000;
}
