import { type MessagePort, workerData } from 'node:worker_threads';
import { expose } from 'comlink';
import type { Engine, ModelConfig } from '@sketch-rnn/core';
import { engineOf } from '../fused/engine.ts';
import { devicePeak } from '../fused/peak.ts';
import { openEmbeddedDevice } from '../embedded.ts';
import { type Member, type Membership, openMember, type Part } from './member.ts';

let member: Member;
let engine: Engine;

/** What the thread of the engine asks of a worker. */
const api = {
  async open(config: ModelConfig, membership: Membership): Promise<void> {
    member = await openMember(await openEmbeddedDevice(), config, membership);
    engine = engineOf(member.trained, membership.updates);
  },
  measurePeak: async () => devicePeak(await openEmbeddedDevice()),
  step: (part: Part) => member.step(part),
  showMoments: () => member.showMoments(),
  gradients: (...given: Parameters<Engine['gradients']>) => engine.gradients(...given),
  score: (...given: Parameters<Engine['score']>) => engine.score(...given),
  encode: (...given: Parameters<Engine['encode']>) => engine.encode(...given),
  sample: (...given: Parameters<Engine['sample']>) => engine.sample(...given),
};

export type WorkerApi = typeof api;

expose(api, workerData as MessagePort);
