'use client';

import { useEffect, useReducer, useRef, useState } from 'react';
import { changeDrawing, type Drawing, type DrawingAction, EMPTY } from './drawing.ts';
import { keep, kept } from './kept.ts';

export interface KeptDrawing {
  readonly drawing: Drawing;
  readonly change: (action: DrawingAction) => void;
  /** It is there after a reload. */
  readonly lasting: boolean;
}

/**
 * A drawing under way that is kept on this device; Ctrl+Z and Ctrl+Shift+Z (or Ctrl+Y) go back and forth.
 *
 * @param name of the paper it is on
 */
export function useDrawing(name: string): KeptDrawing {
  const [drawing, change] = useReducer(changeDrawing, EMPTY);
  const [lasting, setLasting] = useState(true);
  const restored = useRef(false);
  const { present } = drawing;

  useEffect(() => {
    if (restored.current) setLasting(keep(name, present));
    else change({ kind: 'restore', strokes: kept(name) });
    restored.current = true;
  }, [name, present]);

  useEffect(() => {
    function key(event: KeyboardEvent): void {
      const letter = event.key.toLowerCase();
      if (!(event.ctrlKey || event.metaKey) || (letter !== 'z' && letter !== 'y')) return;
      event.preventDefault();
      change({ kind: event.shiftKey || letter === 'y' ? 'redo' : 'undo' });
    }
    addEventListener('keydown', key);
    return () => removeEventListener('keydown', key);
  }, []);

  return { drawing, change, lasting };
}
