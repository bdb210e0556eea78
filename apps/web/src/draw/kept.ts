import type { Inked } from './drawing.ts';

/**
 * Keeps a drawing on this device, so that a reload does not lose it.
 *
 * @param name of the paper it is on
 * @returns whether it could be kept: storage may be full or denied
 */
export function keep(name: string, strokes: readonly Inked[]): boolean {
  try {
    if (strokes.length === 0) localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify(strokes));
    return true;
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    return false;
  }
}

/** The drawing that was kept; empty where there is none, or none that can be read. */
export function kept(name: string): readonly Inked[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(name) ?? '[]');
    return Array.isArray(value) && value.every(isInked) ? value : [];
  } catch (error) {
    if (error instanceof DOMException || error instanceof SyntaxError) return [];
    throw error;
  }
}

function isInked(value: unknown): value is Inked {
  const { stroke, by, ink } = (value ?? {}) as Partial<Inked>;
  return (by === 'hand' || by === 'model') && isRows(stroke, 2) && (ink === undefined || isRows(ink, 3));
}

/** Whether it is a list of rows of this many numbers, one at least. */
function isRows(value: unknown, width: number): boolean {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((row: unknown) => Array.isArray(row) && row.length === width && row.every(Number.isFinite))
  );
}
