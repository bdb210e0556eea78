import type { Sketch, SketchFile } from '@sketch-rnn/data';
import type { ReplyFile } from '../reply.ts';
import type { Made } from './buttons.ts';

/** A file's name for a class: lower case, without what file systems and Discord would change. */
export function fileName(className: string, ending: string): string {
  const plain = className
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
  return `${plain || 'drawing'}.${ending}`;
}

/** Name of the file that holds what a message's buttons need beside their own fields. */
export const SKETCH_FILE = 'sketch.json';

/** A sketch as a file of the project's own. */
export function sketchFile(sketch: Sketch, more: Omit<SketchFile, 'format' | 'version' | 'strokes'>): Uint8Array {
  const strokes = sketch.map((stroke) => stroke.map(([x, y]): [number, number] => [rounded(x), rounded(y)]));
  const file: SketchFile = { format: 'sketch', version: 1, strokes, ...more };
  return new TextEncoder().encode(`${JSON.stringify(file)}\n`);
}

/** Drawings of one picture as sketch files, numbered where there are several. */
export function sketchFiles(sketches: readonly Sketch[], { className, temperature, seed }: Made): ReplyFile[] {
  return sketches.map((sketch, i) => ({
    name: fileName(sketches.length === 1 ? className : `${className}-${i + 1}`, 'json'),
    bytes: sketchFile(sketch, { class: className, temperature, seed: seed + i }),
  }));
}

/** Hundredths: more than any pen can tell. */
function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
