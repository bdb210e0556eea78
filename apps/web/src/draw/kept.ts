import type { Inked } from './drawing.ts';

const KEY = 'drawing';

/** Keeps the drawing on this device, so that a reload does not lose it; where storage is full or denied it is not kept. */
export function keep(strokes: readonly Inked[]): void {
  try {
    if (strokes.length === 0) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, JSON.stringify(strokes));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

/** The drawing that was kept; empty where there is none, or none that can be read. */
export function kept(): readonly Inked[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(value) && value.every(isInked) ? value : [];
  } catch (error) {
    if (error instanceof DOMException || error instanceof SyntaxError) return [];
    throw error;
  }
}

function isInked(value: unknown): value is Inked {
  const { stroke, by } = (value ?? {}) as Partial<Inked>;
  return (
    (by === 'hand' || by === 'model') &&
    Array.isArray(stroke) &&
    stroke.length > 0 &&
    stroke.every((point: unknown) => Array.isArray(point) && point.length === 2 && point.every(Number.isFinite))
  );
}
