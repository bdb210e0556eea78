/** `node build/prepare.mjs`: what Next builds from: the model in F16 under its hash, and sketches for the pages' first sight. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { model, NO_MODEL, prepared, web } from './paths.mjs';

if (model === undefined) {
  process.stderr.write(NO_MODEL);
  process.exit(1);
}
await mkdir(prepared, { recursive: true });
const program = join(prepared, 'prepare.mjs');
// Node runs no TypeScript of packages.
await build({
  absWorkingDir: web,
  entryPoints: ['src/worker/prepare.ts'],
  outfile: program,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  mainFields: ['module', 'main'],
  banner: {
    js: "import { createRequire as bundleRequire } from 'node:module';\nconst require = bundleRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
const { prepare } = await import(pathToFileURL(program).href);
await prepare({ model, weights: join(web, 'public/model'), catalogue: join(prepared, 'catalogue.json') });
