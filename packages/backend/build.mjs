/** Bundles the worker of the wasm engine into dist/: worker threads load no TypeScript. */
import { join } from 'node:path';
import { build } from 'esbuild';

const folder = import.meta.dirname;

await build({
  absWorkingDir: folder,
  entryPoints: { 'wasm-worker': 'src/workers/worker.ts' },
  outdir: join(folder, 'dist'),
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  sourcemap: true,
  logLevel: 'warning',
});
