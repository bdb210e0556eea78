/** A morph as files: loaded when the visitor takes it along. */
import { fromStroke3, type Stroke3 } from '@sketch-rnn/data';
import { sheet } from '@sketch-rnn/render';
import { wrap } from 'comlink';
import { save } from '../sketch/carry.ts';
import { layOutOffsets } from '../sketch/layout.ts';
import type { GifWorker } from './gif-worker.ts';

/** Side of a GIF, px. */
const SIZE = 400;

/** Of a drawing on the way, and of one at an end of it. */
const HUNDREDTHS = 9;
const END_HUNDREDTHS = 70;

/**
 * Hands the visitor drawings as SVG.
 *
 * @param drawings row after row
 * @param columns drawings in a row
 */
export function saveSvg(drawings: readonly Stroke3[], columns: number, name: string): void {
  const svg = sheet(
    drawings.map((stroke3) => ({ sketch: fromStroke3(stroke3) })),
    { columns },
  );
  save(new Blob([svg], { type: 'image/svg+xml' }), name);
}

/**
 * Hands the visitor a GIF that goes through drawings and, where they do not end as they began, back again.
 *
 * @param drawings two at least
 */
export async function saveGif(drawings: readonly Stroke3[], { round }: { readonly round: boolean }): Promise<void> {
  const there = drawings.map((stroke3, i) => ({
    d: layOutOffsets(stroke3)
      .strokes.map(({ d }) => d)
      .join(''),
    hundredths: i === 0 || i === drawings.length - 1 ? END_HUNDREDTHS : HUNDREDTHS,
  }));
  const frames = round ? there.slice(0, -1) : [...there, ...there.slice(1, -1).toReversed()];
  const worker = new Worker(new URL('gif-worker.ts', import.meta.url), { type: 'module' });
  try {
    save(await wrap<GifWorker>(worker).gif(frames, SIZE), 'morph.gif');
  } finally {
    worker.terminate();
  }
}
