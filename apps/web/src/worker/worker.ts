/** The engine's worker: a model, and what it draws, off the page's own thread. */
import { createFusedEngine, openEmbeddedDevice } from '@sketch-rnn/backend/browser';
import { readModel } from '@sketch-rnn/core';
import { expose, transfer } from 'comlink';
import { type Artist, createArtist } from '../engine/artist.ts';
import type { EngineWorker } from '../engine/engine-worker.ts';

let artist: Promise<Artist> | undefined;

function ready(): Promise<Artist> {
  return artist ?? Promise.reject(new Error('worker: expected open() first'));
}

const worker: EngineWorker = {
  async open(weights, where) {
    const model = readModel(new Uint8Array(await weights.arrayBuffer()), where);
    const device = await openEmbeddedDevice();
    artist = Promise.resolve(createArtist(model, createFusedEngine(device, model)));
    return device.name;
  },
  async draw(request) {
    const sketches = await (await ready()).draw(request);
    return transfer(
      sketches,
      sketches.map(({ stroke3 }) => stroke3.buffer),
    );
  },
  async encode(sketches) {
    const z = await (await ready()).encode(sketches);
    return transfer(z, [z.buffer]);
  },
};

expose(worker);
