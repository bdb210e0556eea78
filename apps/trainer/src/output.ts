import { mkdir } from 'node:fs/promises';
import { dirname, extname } from 'node:path';
import { writeDurably } from './run/durable.ts';

/** Writes a file whole or not at all; folders on the way there are made. */
export async function writeOutput(path: string, content: Uint8Array | string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeDurably(path, content);
}

/** Writes a picture as its name says: `.png`, else SVG as it is. */
export async function writePicture(path: string, svg: string): Promise<void> {
  if (endingOf(path) !== '.png') return writeOutput(path, svg);
  const { svgToPng } = await loadRaster();
  await writeOutput(path, await svgToPng(svg));
}

/** `.svg`, `.png`, ...: in small letters. */
export function endingOf(path: string): string {
  return extname(path).toLowerCase();
}

/**
 * What makes pixels. Loaded when wanted: everything else works where its native library does not load.
 */
export async function loadRaster(): Promise<typeof import('@sketch-rnn/render/node')> {
  return import('@sketch-rnn/render/node');
}
