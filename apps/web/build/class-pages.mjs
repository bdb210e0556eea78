/**
 * The pages of the classes, made smaller after the build: Next writes a page's data four times beside it, for links within the gallery.
 *
 * None leads to these pages: they are where one comes from elsewhere, and inside the address alone changes (`src/wall/address.ts`).
 */
import { readdir, rm } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { site } from './paths.mjs';

/** Removes the data of class pages from out/. */
export async function dropClassData() {
  for (const name of await readdir(site, { recursive: true })) {
    if (/^\w+\/wall\/.*\.txt$/.test(name.split(sep).join('/'))) await rm(join(site, name));
  }
}
