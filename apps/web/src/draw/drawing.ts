import type { Sketch, Stroke } from '@sketch-rnn/data';
import type { InkPoint } from './brush.ts';

/** A stroke and whose it is. */
export interface Inked {
  readonly stroke: Stroke;
  readonly by: 'hand' | 'model';
  /** What the pen did, before it was straightened for the model; strokes of the model and of keys have none. */
  readonly ink?: readonly InkPoint[];
}

/** A drawing under way, with the ways back and forth. */
export interface Drawing {
  readonly past: readonly (readonly Inked[])[];
  readonly present: readonly Inked[];
  readonly future: readonly (readonly Inked[])[];
}

export type DrawingAction =
  | { readonly kind: 'add'; readonly strokes: readonly Inked[] }
  /** Another drawing in its place. */
  | { readonly kind: 'replace'; readonly strokes: readonly Inked[] }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' }
  | { readonly kind: 'clear' }
  | { readonly kind: 'restore'; readonly strokes: readonly Inked[] };

export const EMPTY: Drawing = { past: [], present: [], future: [] };

/** Moments that can be undone: more are forgotten. */
const MOST_UNDONE = 200;

/** The drawing after something was done to it. */
export function changeDrawing(drawing: Drawing, action: DrawingAction): Drawing {
  const { past, present, future } = drawing;
  switch (action.kind) {
    case 'add':
      return become(drawing, [...present, ...action.strokes]);
    case 'replace':
      return become(drawing, action.strokes);
    case 'clear':
      return present.length === 0 ? drawing : become(drawing, []);
    case 'undo': {
      const before = past.at(-1);
      return before ? { past: past.slice(0, -1), present: before, future: [present, ...future] } : drawing;
    }
    case 'redo': {
      const [after, ...rest] = future;
      return after ? { past: [...past, present], present: after, future: rest } : drawing;
    }
    case 'restore':
      return { ...EMPTY, present: action.strokes };
  }
}

function become({ past, present }: Drawing, next: readonly Inked[]): Drawing {
  return { past: [...past, present].slice(-MOST_UNDONE), present: next, future: [] };
}

/** What a change of the paper means for the drawings put aside: one more, one back, or nothing. */
export function putAside({ past, present, future }: Drawing, before: readonly Inked[]): 'more' | 'back' | 'same' {
  // Cleared, or cleared again by redo: undoing the first stroke empties the paper too, but leaves it in the future.
  if (present.length === 0 && before.length > 0 && past.at(-1) === before) return 'more';
  if (present.length > 0 && before.length === 0 && future[0] === before) return 'back';
  return 'same';
}

/** The strokes alone. */
export function sketchOf(strokes: readonly Inked[]): Sketch {
  return strokes.map(({ stroke }) => stroke);
}
