/**
 * Makes what the engines are not written in: the wasm engine's kernels, from AssemblyScript to a module that holds WebAssembly as text, and
 * in dist/ its worker and that of tensorflow in one file each, since worker threads load no TypeScript.
 */
import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { main as compile } from 'assemblyscript/asc';
import { build } from 'esbuild';

const folder = import.meta.dirname;
const assembly = join(folder, 'src/wasm/assembly');
const kernels = join(folder, 'src/wasm/kernels.generated.ts');

const OPTIONS = [
  '-O3',
  '--noAssert',
  '--uncheckedBehavior=always',
  '--runtime=stub',
  '--enable=simd',
  // Not shared, so that the same module runs in a page that is not isolated; the first page is the kernels' own.
  '--importMemory',
  '--initialMemory=1',
  '--memoryBase=1024',
];

const sources = (await readdir(assembly)).map((name) => join(assembly, name));
// Seconds, and most builds change nothing here.
if ((await changedAt(kernels)) < Math.max(...(await Promise.all([...sources, import.meta.filename].map(changedAt))))) {
  const base64 = Buffer.from(await compileKernels()).toString('base64');
  const doc = '/** WebAssembly of `assembly/*.ts` as base64, made by `build.mjs`. */';
  await writeFile(kernels, `${doc}\nexport const KERNELS =\n  '${base64}';\n`);
}
await build({
  absWorkingDir: folder,
  entryPoints: { 'wasm-worker': 'src/workers/worker.ts', 'tensorflow-worker': 'src/tensorflow/worker.ts' },
  outdir: join(folder, 'dist'),
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  sourcemap: true,
  // TensorFlow's addon brings it.
  external: ['@tensorflow/tfjs-core'],
  logLevel: 'warning',
});

/** @returns {Promise<Uint8Array>} */
async function compileKernels() {
  /** @type {Uint8Array | undefined} */
  let binary;
  let said = '';
  const { error } = await compile(['index.ts', '--baseDir', assembly, '--outFile', 'kernels.wasm', ...OPTIONS], {
    writeFile: (_name, contents) => {
      binary = /** @type {Uint8Array} */ (contents);
    },
    stderr: { write: (/** @type {unknown} */ text) => void (said += String(text)) },
  });
  if (error || !binary) throw new Error(`AssemblyScript: ${error?.message ?? 'nothing came out'}\n${said}`);
  return binary;
}

/**
 * When a file was last written; before all times where it is not there.
 *
 * @param {string} path
 */
async function changedAt(path) {
  try {
    return (await stat(path)).mtimeMs;
  } catch {
    return -Infinity;
  }
}
