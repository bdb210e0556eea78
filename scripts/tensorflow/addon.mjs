import { existsSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { root } from '../root.mjs';
import { capture } from '../run.mjs';
import { SetupError } from './error.mjs';
import { patchForNewNode } from './patch.mjs';

/** As the engine's package and the bundle see them. */
const backend = createRequire(join(root, 'packages/backend/package.json'));
const requireTools = createRequire(import.meta.url);

const PACKAGES = ['@tensorflow/tfjs-node', '@tensorflow/tfjs-node-gpu'];

/**
 * Compiles tfjs-node's addon against TensorFlow; kept beside it, so that another clone only copies.
 *
 * @param {import('./release.mjs').Release} release
 * @param {string} tensorflow folder of its libraries and headers
 * @returns {Promise<string>} the compiled file
 * @throws SetupError where there is no compiler, or it fails
 */
export async function compileAddon(release, tensorflow) {
  const source = packageFolder(release.target);
  if (source === undefined) {
    throw new SetupError(
      `${release.target}: expected it in node_modules, got nothing - it is optional and was out of reach: remove the folder node_modules and run this again with the network`,
    );
  }
  const { version } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
  const addon = join(release.folder, `tfjs_binding-${version}.node`);
  if (existsSync(addon)) return addon;

  const headers = join(dirname(requireTools.resolve('node-api-headers/package.json')), 'include');
  const partial = `${addon}.partial-${process.pid}`;
  const libraries = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'].map((name) => join(tensorflow, name));
  const parameters = [
    ...'-shared -fPIC -O2 -std=c++17 -DNAPI_VERSION=8'.split(' '),
    ...[source, join(tensorflow, 'include'), headers].map((folder) => `-I${folder}`),
    ...['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) => join(source, 'binding', name)),
    ...libraries,
    // Found again without an environment variable.
    `-Wl,-rpath,${tensorflow}`,
    '-o',
    partial,
  ];
  process.stderr.write('Compiling tfjs-node against it ...\n');
  const { code, output } = await capture('g++', parameters).catch((/** @type {unknown} */ error) => {
    throw new SetupError(
      `compiler: expected g++, got none - install it (Debian, Ubuntu: apt install g++; Fedora: dnf install gcc-c++)`,
      { cause: error },
    );
  });
  if (code !== 0) {
    throw new SetupError(`${output}\ncompiler: expected g++ with C++17, it ended with ${code} - its words are above`);
  }
  await rename(partial, addon);
  return addon;
}

/**
 * Puts the addon where tfjs-node looks for it, and takes it from the other package: a process can load only one TensorFlow.
 *
 * @param {string} target package
 * @param {string} addon compiled file
 */
export async function linkAddon(target, addon) {
  const folder = packageFolder(target);
  if (folder === undefined) throw new Error(`${target} went away while it was linked`);
  await patchForNewNode(folder);
  const place = linkOf(folder);
  await mkdir(dirname(place), { recursive: true });
  const partial = `${place}.partial-${process.pid}`;
  await copyFile(addon, partial);
  await rename(partial, place);
  for (const name of PACKAGES) if (name !== target) await unlinkAddon(name);
}

/** @param {string} name package */
export async function unlinkAddon(name) {
  const folder = packageFolder(name);
  if (folder !== undefined) await rm(linkOf(folder), { force: true });
}

/** Takes TensorFlow from this clone; what was downloaded stays for others. */
export async function unlinkAll() {
  for (const name of PACKAGES) await unlinkAddon(name);
}

/** @param {string} folder of the package */
function linkOf(folder) {
  return join(folder, 'lib/napi-v8/tfjs_binding.node');
}

/**
 * @param {string} name package
 * @returns {string | undefined} its folder; undefined where it is not installed, being optional
 */
function packageFolder(name) {
  try {
    return dirname(backend.resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}
