import { svgToPng } from './png.ts';

/**
 * Whether this machine has a font to rasterise text with.
 *
 * Without one every character becomes the same empty box, so an i then looks like an M.
 */
export async function canDrawText(): Promise<boolean> {
  return !Buffer.from(await letter('i')).equals(await letter('M'));
}

function letter(character: string): Promise<Uint8Array> {
  return svgToPng(
    `<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24"><text y="20">${character}</text></svg>`,
  );
}
