import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setBackend } from '@tensorflow/tfjs-core';
import type { Found } from '../availability.ts';
import { createTensorFlowEngine } from './engine.ts';
import { tensorflowPeak } from './peak.ts';

/** Where TensorFlow's addon may come from; one of them is linked at a time (`pnpm setup:tensorflow [--gpu]`). */
const PACKAGES = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'] as const;

/** Loads TensorFlow into tfjs and makes it the backend, or says why not. */
export async function findTensorFlow(): Promise<Found> {
  // TensorFlow greets on stderr at load; 2 leaves its errors.
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  const require = createRequire(import.meta.url);
  for (const name of PACKAGES) {
    if (!isLinked(require, name)) continue;
    try {
      const { version } = require(name) as { version: Record<string, string> };
      await setBackend('tensorflow');
      const detail = `${name} ${version['tfjs-core'] ?? ''}`.trim();
      return {
        availability: { runs: true, computesOn: name.endsWith('-gpu') ? 'gpu' : 'cpu', detail },
        runnable: { create: createTensorFlowEngine, measurePeak: tensorflowPeak },
      };
    } catch (error) {
      const detail = `${name} does not load: ${(error as Error).message.split('\n')[0]}`;
      return { availability: { runs: false, detail, remedy: 'run "pnpm setup:tensorflow" again' } };
    }
  }
  return {
    availability: { runs: false, detail: 'TensorFlow is not linked', remedy: 'run "pnpm setup:tensorflow"' },
  };
}

/** Whether the package is installed and its addon was built: an install without scripts leaves it out. */
function isLinked(require: NodeJS.Require, name: string): boolean {
  try {
    return existsSync(join(dirname(require.resolve(`${name}/package.json`)), 'lib/napi-v8/tfjs_binding.node'));
  } catch {
    // Not installed: an optional dependency.
    return false;
  }
}
