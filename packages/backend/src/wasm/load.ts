import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setBackend } from '@tensorflow/tfjs-core';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import type { Availability } from '../availability.ts';

/** Loads tfjs's WebAssembly backend and makes it the backend. */
export async function loadWasm(): Promise<Availability> {
  setWasmPaths(wasmFolder() + sep);
  if (await setBackend('wasm')) return { runs: true, gpu: false, detail: 'tfjs-backend-wasm' };
  return {
    runs: false,
    detail: 'WebAssembly does not start',
    remedy: 'use a Node.js with WebAssembly (20.19 or later)',
  };
}

/** Beside the bundle, where its build copies the files; in the package when run from source. */
function wasmFolder(): string {
  const beside = dirname(fileURLToPath(import.meta.url));
  if (existsSync(join(beside, 'tfjs-backend-wasm.wasm'))) return beside;
  return dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
}
