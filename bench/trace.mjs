/**
 * Traces pictures of 200 real drawings (the folder shared beside the repository) and holds the result against the drawings, with a
 * naive thinning without joining beside it:
 *
 *     node bench/trace.mjs [model]
 *
 * With a model of many classes it is also asked what the traced drawings are of, and what the drawings themselves are of. Writes
 * bench/results/trace.json, and into bench/runs/trace a sheet a rendering: each drawing beside what was traced, a colour a stroke.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const folder = join(import.meta.dirname, 'trace');
const bundle = join(folder, 'dist/measure.mjs');
await mkdir(join(folder, 'dist'), { recursive: true });
await build({
  entryPoints: [join(folder, 'measure.ts')],
  outfile: bundle,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  // Native code stays where it was installed; from there Node finds what the packages bring.
  external: ['sharp'],
  banner: {
    js: "import { createRequire as bundleRequire } from 'node:module'; const require = bundleRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
const { measure } = await import(bundle);
const [model] = process.argv.slice(2);
await measure(import.meta.dirname, model);
