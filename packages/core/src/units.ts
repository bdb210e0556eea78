/**
 * Nats by which the log density of an offset in model units is above that in data units: a density per square model unit, divided
 * by the scale factor squared, is one per square data unit.
 */
export function natsOfUnits(scaleFactor: number): number {
  return 2 * Math.log(scaleFactor);
}
