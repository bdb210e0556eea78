/** The engine's worker: a model, and what it draws, off the page's own thread. */
import { createFusedEngine, openEmbeddedDevice } from '@sketch-rnn/backend/browser';
import { type Model, readKnownModel } from '@sketch-rnn/core';
import { plainModel, type PlainModel } from '@sketch-rnn/core/plain';
import { expose, transfer } from 'comlink';
import { type Artist, createArtist } from '../engine/artist.ts';
import type { EngineWorker } from '../engine/engine-worker.ts';
import { nextPoint } from '../engine/next-point.ts';

/** What `open` leaves for the rest. */
interface Opened {
  readonly artist: Artist;
  readonly read: () => Promise<Model>;
}

let opened: Opened | undefined;
let plain: Promise<{ readonly model: Model; readonly plain: PlainModel }> | undefined;

function ready(): Opened {
  if (!opened) throw new Error('worker: expected open() first');
  return opened;
}

/** The weights a second time, for whoever looks at the mixture: most visitors never do. */
async function openPlain() {
  const model = await ready().read();
  return { model, plain: plainModel(model, Float32Array) };
}

const worker: EngineWorker = {
  async open(weights) {
    const read = async (): Promise<Model> => readKnownModel(new Uint8Array(await weights.arrayBuffer()));
    const model = await read();
    const device = await openEmbeddedDevice();
    opened = { artist: createArtist(model, createFusedEngine(device, model)), read };
    return device.name;
  },
  async draw(request) {
    const sketches = await ready().artist.draw(request);
    return transfer(
      sketches,
      sketches.map(({ stroke3 }) => stroke3.buffer),
    );
  },
  async encode(sketches) {
    const z = await ready().artist.encode(sketches);
    return transfer(z, [z.buffer]);
  },
  judge: async (request) => ready().artist.judge(request),
  async nextPoint(request) {
    plain ??= openPlain();
    const found = await plain;
    return nextPoint(found.plain, found.model, request);
  },
};

expose(worker);
