import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { root } from '../root.mjs';
import { capture } from '../run.mjs';
import { SetupError } from './error.mjs';
import { downloadWheels, findPython } from './python.mjs';

const WHEEL_READER = join(root, 'scripts/tensorflow/wheel.py');

/** The libraries, the headers of the C API; of CUDA the libraries. Laid out as in Python: TensorFlow finds CUDA by relative paths. */
const NEEDED =
  'tensorflow/(libtensorflow|include/(tensorflow/c|tensorflow/core/platform|tsl/platform|xla/tsl)/)|nvidia/[^/]+/lib/[^/]+[.]so';

/**
 * Brings TensorFlow's libraries and headers into the release's folder; once there, they stay.
 * The folder appears whole or not at all, however often this is stopped.
 *
 * @param {import('./release.mjs').Release} release
 * @returns {Promise<string>} the folder that has `libtensorflow_cc.so.2` and `include/`
 * @throws SetupError
 */
export async function unpackRelease(release) {
  const tensorflow = join(release.folder, 'tensorflow');
  if (existsSync(tensorflow)) return tensorflow;
  const python = await findPython();
  const cache = dirname(release.folder);
  await mkdir(cache, { recursive: true });
  await checkSpace(cache, release.gigabytes);

  const partial = `${release.folder}.partial-${process.pid}`;
  try {
    const wheels = join(partial, 'wheels');
    await downloadWheels(python, wheels, [release.wheel]);
    if (release.gpu) await downloadWheels(python, wheels, await cudaOf(python, wheels));
    process.stderr.write('Unpacking ...\n');
    for (const name of await readdir(wheels)) {
      await readWheel(python, ['unpack', join(wheels, name), join(partial, 'files'), NEEDED]);
      await rm(join(wheels, name));
    }
    await rename(join(partial, 'files'), release.folder);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return tensorflow;
}

/**
 * @param {string} folder
 * @param {number} gigabytes
 */
async function checkSpace(folder, gigabytes) {
  const { bavail, bsize } = await statfs(folder);
  const free = (bavail * bsize) / 1e9;
  if (free >= gigabytes) return;
  throw new SetupError(
    `${folder}: expected ${gigabytes} GB free, got ${free.toFixed(1)} GB - make room, or set SKETCH_RNN_CACHE to a folder on another disk`,
  );
}

/**
 * What TensorFlow's wheel says it needs of CUDA.
 *
 * @param {string} python
 * @param {string} wheels the folder, with TensorFlow's wheel alone in it
 */
async function cudaOf(python, wheels) {
  const [wheel = ''] = await readdir(wheels);
  return (await readWheel(python, ['requirements', join(wheels, wheel), 'and-cuda'])).trim().split('\n');
}

/**
 * @param {string} python
 * @param {readonly string[]} parameters
 */
async function readWheel(python, parameters) {
  const { code, output } = await capture(python, [WHEEL_READER, ...parameters]);
  if (code === 0) return output;
  throw new SetupError(
    `unpack: expected a whole wheel on a disk with room, got ${output.trim().split('\n').at(-1)} - try again`,
  );
}
