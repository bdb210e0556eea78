import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Point, Sketch } from '@sketch-rnn/data';

export interface Original {
  readonly className: string;
  readonly sketch: Sketch;
}

/**
 * One drawing of each of `count` classes, spread evenly over the alphabet.
 *
 * @param folder of Quick, Draw!'s simplified drawings, a file a class
 * @param index which drawing of a class, from 0; parameters were tuned on those from 3 on
 */
export function drawingsOf(folder: string, { count, index }: { count: number; index: number }): Original[] {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.ndjson'))
    .toSorted();
  return Array.from({ length: count }, (_, i) => {
    const file = files[Math.floor((i * files.length) / count)] as string;
    const line = readFileSync(join(folder, file), 'utf8').split('\n')[index] as string;
    const { word, drawing } = JSON.parse(line) as { word: string; drawing: [xs: number[], ys: number[]][] };
    return { className: word, sketch: drawing.map(([xs, ys]) => xs.map((x, j): Point => [x, ys[j] as number])) };
  });
}
