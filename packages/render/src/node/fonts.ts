import { svgToPng } from './png.ts';

/**
 * Whether this machine has a font to rasterise text with.
 *
 * Without one every character becomes the same empty box, so an i then looks like an M.
 */
export async function canDrawText(): Promise<boolean> {
  const [narrow, wide] = await Promise.all(
    ['i', 'M'].map((letter) =>
      svgToPng(`<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24"><text y="20">${letter}</text></svg>`),
    ),
  );
  return Buffer.compare(narrow as Uint8Array, wide as Uint8Array) !== 0;
}
