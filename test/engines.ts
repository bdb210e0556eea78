import {
  chooseEngine,
  createFusedEngine,
  createLoopsDevice,
  createWorkersEngine,
  type EngineName,
  engineNames,
  lookAround,
} from '@sketch-rnn/backend';
import type { Engine, EngineStart } from '@sketch-rnn/core';
import { createReferenceEngine } from '@sketch-rnn/core/reference';
import '@tensorflow/tfjs-backend-wasm';
import { setBackend } from '@tensorflow/tfjs-core';
import { createTensorFlowEngine } from '../packages/backend/src/tensorflow/engine.ts';
import { createWebgpuDevice } from '../packages/backend/src/webgpu/device.ts';
import { openSoftwareGpu } from '../packages/backend/src/webgpu/software.ts';

type Create = (start: EngineStart) => Engine;

const findings = await lookAround();
const software = await openSoftwareGpu();

/** Ways of computing that nobody chooses by name, or that are not what a user has. */
const others: Readonly<Record<string, () => Promise<Create>>> = {
  reference: async () => {
    await setBackend('wasm');
    return createReferenceEngine;
  },
  loops: async () => (start) => createFusedEngine(createLoopsDevice(), start),
  // More threads than some batches have sketches.
  'wasm on three threads': async () => (start) => createWorkersEngine(start, 3),
  ...(runsHere('tensorflow') && {
    'tensorflow on three threads': async () => (start: EngineStart) => createTensorFlowEngine(start, 3),
  }),
  ...(software && {
    'webgpu in software': async () => (start: EngineStart) => createFusedEngine(createWebgpuDevice(software), start),
  }),
};

/** Each engine, and whether it runs here: a table for `describe`. A run that is to leave nothing out counts the skips. */
export const engines: readonly { readonly name: string; readonly runs: boolean }[] = [
  ...engineNames
    // A real GPU is not what tests may need.
    .filter((name) => name !== 'webgpu')
    .map((name) => ({ name, runs: runsHere(name) })),
  ...['reference', 'loops', 'tensorflow on three threads', 'wasm on three threads', 'webgpu in software'].map(
    (name) => ({ name, runs: name in others }),
  ),
];

function runsHere(name: EngineName): boolean {
  return findings.some(({ engine, availability }) => engine === name && availability.runs);
}

/** Opens an engine that `engines` says runs. */
export async function open(name: string): Promise<{ create: Create }> {
  const other = others[name];
  return other ? { create: await other() } : chooseEngine(name as EngineName);
}
