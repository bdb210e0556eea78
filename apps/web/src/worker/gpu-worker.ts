/** A GPU at work, where many sketches are drawn at once: loaded only where the browser has one. */
import { openEngine } from '@sketch-rnn/backend/browser';
import { readKnownModel } from '@sketch-rnn/core';
import { expose } from 'comlink';
import { type Artist, createArtist } from '../engine/artist.ts';
import type { GpuWorker } from '../engine/gpu-worker.ts';

let artist: Artist | undefined;

function ready(): Artist {
  if (!artist) throw new Error('gpu worker: expected open() first');
  return artist;
}

const worker: GpuWorker = {
  async open(weights, onLost) {
    const model = readKnownModel(new Uint8Array(await weights.arrayBuffer()));
    const { engine, uses } = await openEngine(model, { gpu: 'real', onFallback: onLost });
    artist = createArtist(model, engine);
    return uses === 'webgpu';
  },
  async time(request) {
    // Once for the kernels to be compiled.
    await ready().draw(request);
    const start = performance.now();
    await ready().draw(request);
    return performance.now() - start;
  },
  draw: async (request) => ready().draw(request),
};

expose(worker);
