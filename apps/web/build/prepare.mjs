/**
 * `node build/prepare.mjs`: what Next builds from: the model in F16 under its hash, and what the model draws for the pages' first sight.
 *
 * Drawing eight sketches of each class takes most of a minute: it is done once for a model. Where something deeper has changed how sketches
 * are drawn, `.prepared` is to be removed.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { model, NO_MODEL, prepared, web } from './paths.mjs';

/** Besides the model: what says which sketches are drawn, and how they are written down. */
const DECIDES = [
  'worker/prepare.ts',
  'worker/draw-classes.ts',
  'catalogue/catalogue.ts',
  'catalogue/preview.ts',
  'map/decoding.ts',
  'map/landscape.ts',
  'map/plane.ts',
  'sketch/share.ts',
];

if (model === undefined) {
  process.stderr.write(NO_MODEL);
  process.exit(1);
}
await mkdir(prepared, { recursive: true });
// Node runs no TypeScript of packages.
await build({
  absWorkingDir: web,
  entryPoints: ['src/worker/prepare.ts', 'src/worker/draw-classes.ts'],
  outdir: prepared,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  mainFields: ['module', 'main'],
  external: ['piscina', 'sharp'],
  banner: {
    js: "import { createRequire as bundleRequire } from 'node:module';\nconst require = bundleRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
const program = join(prepared, 'prepare.mjs');
const thread = join(prepared, 'draw-classes.mjs');
const options = {
  model,
  thread,
  weights: join(web, 'public/model'),
  pictures: join(web, 'public/preview'),
  catalogue: join(prepared, 'catalogue.json'),
};
const made = createHash('sha256').update(await readFile(model));
for (const file of DECIDES) made.update(await readFile(join(web, 'src', file)));
const key = made.digest('hex');
const stamp = join(prepared, 'made-from');
const results = [stamp, options.weights, options.pictures, options.catalogue];
if (!results.every((path) => existsSync(path)) || (await readFile(stamp, 'utf8')) !== key) {
  await writeFile(stamp, '');
  const { prepare } = await import(pathToFileURL(program).href);
  await prepare(options);
  await writeFile(stamp, key);
}
