/** What is downloaded, and where it is kept. */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { SetupError } from './error.mjs';

const VERSION = '2.21.0';

/**
 * @typedef {object} Release
 * @property {'@tensorflow/tfjs-node' | '@tensorflow/tfjs-node-gpu'} target the npm package it is linked to
 * @property {string} wheel requirement for pip
 * @property {string} folder where it is unpacked, shared by every clone of this user
 * @property {boolean} gpu
 * @property {number} gigabytes disk space it takes while it is downloaded and unpacked
 */

/**
 * The TensorFlow to link: wheels of 2.12 and later carry the C API, its headers, and on the GPU a current CUDA.
 *
 * @param {boolean} gpu
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Release}
 */
export function releaseFor(gpu, environment) {
  const cache = cacheFolder(environment);
  return gpu
    ? {
        target: '@tensorflow/tfjs-node-gpu',
        wheel: `tensorflow==${VERSION}`,
        folder: join(cache, `tensorflow-${VERSION}-gpu`),
        gpu,
        gigabytes: 9,
      }
    : {
        target: '@tensorflow/tfjs-node',
        wheel: `tensorflow-cpu==${VERSION}`,
        folder: join(cache, `tensorflow-${VERSION}`),
        gpu,
        gigabytes: 1.3,
      };
}

/** @param {NodeJS.ProcessEnv} environment */
function cacheFolder(environment) {
  const { SKETCH_RNN_CACHE: own, XDG_CACHE_HOME: xdg, INIT_CWD: typedIn } = environment;
  if (own) return resolve(typedIn ?? process.cwd(), own);
  return join(xdg || join(homedir(), '.cache'), 'sketch-rnn');
}

/**
 * @throws SetupError where TensorFlow has no wheel of this kind
 */
export function checkPlatform() {
  const { platform, arch } = process;
  if (platform === 'linux' && (arch === 'x64' || arch === 'arm64')) return;
  throw new SetupError(
    `setup:tensorflow: expected Linux on x64 or arm64, got ${platform} on ${arch} - the wasm engine needs no set-up`,
  );
}
