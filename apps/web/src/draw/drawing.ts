import type { Sketch, Stroke } from '@sketch-rnn/data';

/** A stroke and whose it is. */
export interface Inked {
  readonly stroke: Stroke;
  readonly by: 'hand' | 'model';
}

/** A drawing under way, with the ways back and forth. */
export interface Drawing {
  readonly past: readonly (readonly Inked[])[];
  readonly present: readonly Inked[];
  readonly future: readonly (readonly Inked[])[];
}

export type DrawingAction =
  | { readonly kind: 'add'; readonly strokes: readonly Inked[] }
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

/** The strokes alone. */
export function sketchOf(strokes: readonly Inked[]): Sketch {
  return strokes.map(({ stroke }) => stroke);
}
