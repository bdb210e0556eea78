/** The service worker, written after the build: only then are the names of all files known. */
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { site, web } from './paths.mjs';

/** Pages, and what all of them load. Slices of the Japanese font are kept as they are used: there are a hundred. */
const KEPT = /(?:index\.html|\.js|\.css|latin-[^/]*\.woff2|icon[^/]*\.svg)$/;

/** Browsers that need polyfills have no service workers either; the walls of all classes are one page (`service-worker.js`). */
const LEFT_OUT = /polyfill|^404|^\w+\/wall\//;

/** Writes out/sw.js. */
export async function writeServiceWorker() {
  const names = (await readdir(site, { recursive: true })).map((name) => name.split(sep).join('/')).toSorted();
  const files = names.filter((name) => KEPT.test(name) && !LEFT_OUT.test(name));
  const hash = createHash('sha256');
  for (const name of files) hash.update(name).update(await readFile(join(site, name)));
  const addresses = files.map((name) => `/${name.replace(/index\.html$/, '')}`);
  const template = await readFile(join(web, 'service-worker/service-worker.js'), 'utf8');
  const script = template
    .replace('@VERSION', `gallery-${hash.digest('hex').slice(0, 16)}`)
    .replace("['@FILES']", JSON.stringify(addresses));
  await writeFile(join(site, 'sw.js'), script);
}
