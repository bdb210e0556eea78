import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setBackend } from '@tensorflow/tfjs-core';

/** Where TensorFlow's addon may come from; one of them is linked at a time (`pnpm setup:tensorflow [--gpu]`). */
const PACKAGES = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'] as const;

const require = createRequire(import.meta.url);

/** The package whose addon was built, undefined where none was: an install without scripts leaves it out. */
export function linkedPackage(): (typeof PACKAGES)[number] | undefined {
  return PACKAGES.find((name) => {
    try {
      return existsSync(join(dirname(require.resolve(`${name}/package.json`)), 'lib/napi-v8/tfjs_binding.node'));
    } catch {
      // Not installed: an optional dependency.
      return false;
    }
  });
}

/** Loads TensorFlow into tfjs and makes it the backend. Returns the version of tfjs. */
export async function loadPackage(name: string): Promise<string> {
  // TensorFlow greets on stderr at load; 2 leaves its errors.
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  const { version } = require(name) as { version: Record<string, string> };
  await setBackend('tensorflow');
  return version['tfjs-core'] ?? '';
}
