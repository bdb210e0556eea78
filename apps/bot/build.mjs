/** Bundles the bot into dist/: plain Node runs no TypeScript, and worker threads load none. */
import { copyFile, cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { nodeBundle, pageBundle } from './bundle.mjs';

const folder = import.meta.dirname;

await build({
  ...nodeBundle,
  entryPoints: { cli: 'src/cli.ts', worker: 'src/pool/worker.ts' },
  outdir: 'dist',
  sourcemap: true,
});
await build({ ...pageBundle, outdir: 'dist/page' });
await mkdir(join(folder, 'dist/page'), { recursive: true });
await copyFile(join(folder, 'src/playground/page/index.html'), join(folder, 'dist/page/index.html'));
await cp(join(folder, 'src/store/migrations'), join(folder, 'dist/migrations'), { recursive: true });
