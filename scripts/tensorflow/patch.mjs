import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const FILES = ['dist/nodejs_kernel_backend.js', 'dist/kernels/TopK.js'];

/**
 * Node 23 took away `util.isNullOrUndefined` and `util.isArray`, which tfjs-node 4.22 calls in every operation.
 * Not a patch of pnpm's: it cannot install a patched package that is optional and out of reach.
 *
 * @param {string} folder of the installed package
 */
export async function patchForNewNode(folder) {
  for (const name of FILES) {
    const path = join(folder, name);
    const source = await readFile(path, 'utf8');
    const patched = source
      .replaceAll(/\(0, util_1\.isNullOrUndefined\)\((\w+)\)/g, '$1 == null')
      .replaceAll(/\(0, util_1\.isArray\)\((\w+)\)/g, 'Array.isArray($1)');
    if (patched === source) continue;
    // Never in place: the file is a hard link into pnpm's store, and other clones share it.
    const partial = `${path}.partial-${process.pid}`;
    await writeFile(partial, patched);
    await rename(partial, path);
  }
}
