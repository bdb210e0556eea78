'use client';

import { toNdjsonLine, toStroke3 } from '@sketch-rnn/data';
import { useEffect, useRef, useState } from 'react';
import { type Drawing, type Inked, putAside, sketchOf } from './drawing.ts';

const KEY = 'drawn';

/** More are not kept: the first go. */
const MOST_KEPT = 500;

/**
 * All that was drawn on this device, as lines of a data set (`toNdjsonLine`): what was cleared, and what is on the paper.
 *
 * @param className of what is on the paper
 */
export function useDrawn(drawing: Drawing, className: string): readonly string[] {
  const [lines, setLines] = useState<readonly string[]>([]);
  const before = useRef(drawing.present);

  useEffect(() => setLines(read()), []);
  useEffect(() => {
    const change = putAside(drawing, before.current);
    if (change !== 'same') {
      const gone = before.current;
      setLines((all) => {
        const next = change === 'back' ? all.slice(0, -1) : [...all, lineOf(gone, className)].slice(-MOST_KEPT);
        write(next);
        return next;
      });
    }
    before.current = drawing.present;
  }, [drawing, className]);

  return drawing.present.length > 0 ? [...lines, lineOf(drawing.present, className)] : lines;
}

function lineOf(strokes: readonly Inked[], className: string): string {
  return toNdjsonLine({ stroke3: toStroke3(sketchOf(strokes)), className });
}

/** Lines that are none are left out. */
function read(): readonly string[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(value) ? value.filter((line) => typeof line === 'string') : [];
  } catch (error) {
    if (error instanceof DOMException || error instanceof SyntaxError) return [];
    throw error;
  }
}

/** Where storage is full or denied they last as long as the page: it says so (`useDrawing`). */
function write(lines: readonly string[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(lines));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}
