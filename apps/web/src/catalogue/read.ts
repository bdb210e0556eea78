import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Catalogue, FirstSight } from './catalogue.ts';

/** What `build/prepare.mjs` wrote; at build time only. */
export async function readPrepared(): Promise<{ readonly catalogue: Catalogue; readonly firstSight: FirstSight }> {
  return JSON.parse(await readFile(join(process.cwd(), '.prepared/catalogue.json'), 'utf8')) as {
    catalogue: Catalogue;
    firstSight: FirstSight;
  };
}
