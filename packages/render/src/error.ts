/** What is wrong with something to be drawn: `where: expected ..., got ... - remedy`. */
export class RenderError extends Error {
  override readonly name = 'RenderError';
}

/**
 * A length, a time or a rate that came as an option.
 *
 * @throws RenderError where it is not a finite number above 0
 */
export function positive(value: number, where: string): number {
  if (!(value > 0 && Number.isFinite(value))) {
    throw new RenderError(`${where}: expected a finite number above 0, got ${value}`);
  }
  return value;
}

/**
 * A count that came as an option.
 *
 * @throws RenderError where it is not a whole number of at least 1
 */
export function count(value: number, where: string): number {
  if (!(Number.isSafeInteger(value) && value >= 1)) {
    throw new RenderError(`${where}: expected a whole number of at least 1, got ${value}`);
  }
  return value;
}
