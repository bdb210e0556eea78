import type { Found } from '../availability.ts';
import { hasSimd } from '../wasm/kernel-module.ts';
import { createWorkersEngine, workersPeak } from './wasm.ts';

/** The engine that runs everywhere. */
export async function findWasm(): Promise<Found> {
  const detail = hasSimd()
    ? 'WebAssembly with SIMD'
    : 'plain JavaScript, many times slower: WebAssembly has no SIMD here';
  return {
    availability: { runs: true, computesOn: 'cpu', detail },
    runnable: { create: createWorkersEngine, measurePeak: workersPeak },
  };
}
