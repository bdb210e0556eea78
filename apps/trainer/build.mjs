/** Bundles the command line into dist/: plain Node runs neither TypeScript with its imports nor tfjs's deep ones. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const folder = import.meta.dirname;
const dist = join(folder, 'dist');

/**
 * tfjs-node brings the CommonJS build of tfjs-core: a second copy would set itself up beside it, and say so on stderr. Its deep
 * imports, which Node cannot resolve, are bundled; they share the one core's state.
 *
 * @type {import('esbuild').Plugin}
 */
const oneCore = {
  name: 'one tfjs-core',
  setup(bundler) {
    bundler.onResolve({ filter: /^@tensorflow\/tfjs-core$/ }, ({ path }) => ({ path, external: true }));
  },
};

await mkdir(dist, { recursive: true });
await build({
  absWorkingDir: folder,
  entryPoints: {
    cli: 'src/cli.ts',
    'tensorflow-worker': '../../packages/backend/src/tensorflow/worker.ts',
    'wasm-worker': '../../packages/backend/src/workers/worker.ts',
  },
  outdir: dist,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  sourcemap: true,
  // What a verb does not use is not loaded: help needs neither tfjs nor sharp.
  splitting: true,
  mainFields: ['module', 'main'],
  // Native code stays where it was installed.
  external: ['@tensorflow/tfjs-node', '@tensorflow/tfjs-node-gpu', 'sharp', 'webgpu'],
  plugins: [oneCore],
  // What tfjs takes from CommonJS.
  banner: {
    js: [
      "import { createRequire as bundleRequire } from 'node:module';",
      'const require = bundleRequire(import.meta.url);',
      'const __filename = import.meta.filename;',
      'const __dirname = import.meta.dirname;',
    ].join('\n'),
  },
  logLevel: 'warning',
});
