import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import type { Cells, Found } from '../availability.ts';
import { crewPeak } from '../workers/engine.ts';
import { createTensorFlowEngine } from './engine.ts';
import { linkedPackage, loadPackage } from './load.ts';
import { tensorflowPeak } from './peak.ts';
import { threadsFor, withOneThreadEach } from './threads.ts';

/**
 * Loads TensorFlow into tfjs and makes it the backend, or says why not.
 *
 * @param training a model to be trained, which is done on worker threads where that is faster; else everything is done on this
 * thread, whose operations TensorFlow spreads over the cores
 */
export async function findTensorFlow(training?: Cells): Promise<Found> {
  const name = linkedPackage();
  if (!name) {
    return {
      availability: { runs: false, detail: 'TensorFlow is not linked', remedy: 'run "pnpm setup:tensorflow"' },
    };
  }
  const computesOn = name.endsWith('-gpu') ? 'gpu' : 'cpu';
  const threads = training && computesOn === 'cpu' ? threadsFor(training) : 1;
  try {
    const load = (): Promise<string> => loadPackage(name);
    const version = threads > 1 ? await withOneThreadEach(load) : await load();
    return {
      availability: { runs: true, computesOn, detail: `${name} ${version}`.trim() },
      runnable: {
        create: (start) => createTensorFlowEngine(start, threads),
        measurePeak: (signal) =>
          threads > 1 ? crewPeak({ engine: 'tensorflow', count: threads }, signal) : tensorflowPeak(),
      },
    };
  } catch (error) {
    const detail = `${name} does not load: ${(error as Error).message.split('\n')[0]}`;
    return { availability: { runs: false, detail, remedy: 'run "pnpm setup:tensorflow" again' } };
  }
}
