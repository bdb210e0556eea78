import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Catalogue, FirstSight } from './catalogue.ts';

interface Prepared {
  readonly catalogue: Catalogue;
  readonly firstSight: FirstSight;
}

let prepared: Promise<Prepared> | undefined;

/** What `build/prepare.mjs` wrote; at build time only, and once for all pages. */
export function readPrepared(): Promise<Prepared> {
  prepared ??= readFile(join(process.cwd(), '.prepared/catalogue.json'), 'utf8').then(
    (text) => JSON.parse(text) as Prepared,
  );
  return prepared;
}
