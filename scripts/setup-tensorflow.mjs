/** `pnpm setup:tensorflow [--gpu | --remove]`: links tfjs-node to a current TensorFlow. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installTree } from './install.mjs';
import { root } from './root.mjs';
import { capture } from './run.mjs';
import { compileAddon, linkAddon, unlinkAddon, unlinkAll } from './tensorflow/addon.mjs';
import { SetupError } from './tensorflow/error.mjs';
import { checkPlatform, releaseFor } from './tensorflow/release.mjs';
import { unpackRelease } from './tensorflow/unpack.mjs';

const HELP = `Links the tensorflow engine to a current TensorFlow, several times faster than the wasm engine.

  pnpm setup:tensorflow            for the processor
  pnpm setup:tensorflow --gpu      for an NVIDIA GPU, CUDA included; needs its driver
  pnpm setup:tensorflow --remove   back to the wasm engine

Downloads once (270 MB, with --gpu 3.3 GB) into SKETCH_RNN_CACHE or ~/.cache/sketch-rnn. Needs Linux, python3 with pip, g++.
`;

/** @param {boolean} gpu */
async function setUp(gpu) {
  checkPlatform();
  const release = releaseFor(gpu, process.env);
  const tensorflow = await unpackRelease(release);
  await linkAddon(release.target, await compileAddon(release, tensorflow));
  const { version, gpu: usesGpu } = await probe(release.target);
  const where = usesGpu ? 'on the GPU' : 'on the processor';
  process.stdout.write(`TensorFlow ${version} computes ${where}: linked to ${release.target}\n`);
  if (gpu && !usesGpu) {
    process.stderr.write(
      'It found no GPU: see whether "nvidia-smi" lists one, and the driver is for CUDA 12.5 or later.\n',
    );
  }
}

/**
 * @param {string} target package
 * @returns {Promise<{ version: string, gpu: boolean }>}
 */
async function probe(target) {
  const { code, output } = await capture(process.execPath, [join(root, 'scripts/tensorflow/probe.mjs'), target], {
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2' },
  });
  const line = output.trim().split('\n').at(-1) ?? '';
  if (code === 0 && line.startsWith('{')) {
    const { values, version, gpu } = JSON.parse(line);
    if (String(values) === '19,22,43,50') return { version, gpu };
  }
  await unlinkAddon(target);
  throw new SetupError(
    `${output}\n${target}: expected [[19, 22], [43, 50]] from a product of matrices, got the above - not linked`,
  );
}

try {
  const { values: options } = parseArgs({
    options: { gpu: { type: 'boolean' }, remove: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  });
  if (options.help) {
    process.stdout.write(HELP);
  } else {
    await installTree();
    if (options.remove) await unlinkAll();
    else await setUp(options.gpu ?? false);
  }
} catch (error) {
  const expected =
    error instanceof SetupError || /** @type {NodeJS.ErrnoException} */ (error).code?.startsWith('ERR_PARSE_ARGS');
  if (!expected) throw error;
  process.stderr.write(`${/** @type {Error} */ (error).message}\n`);
  process.exitCode = 1;
}
