import {
  chooseEngine,
  createFusedEngine,
  createLoopsDevice,
  createWorkersEngine,
  engineNames,
  lookAround,
} from '@sketch-rnn/backend';
import type { Engine, EngineStart } from '@sketch-rnn/core';

const findings = await lookAround();

/** Ways of computing that nobody chooses by name. */
const devices: Readonly<Record<string, (start: EngineStart) => Engine>> = {
  loops: (start) => createFusedEngine(createLoopsDevice(), start),
  // More threads than some batches have sketches.
  'three threads': (start) => createWorkersEngine(start, 3),
};

/** Each engine, and whether it runs here: a table for `describe`. A run that is to leave nothing out counts the skips. */
export const engines: readonly { readonly name: string; readonly runs: boolean }[] = [
  ...engineNames.map((name) => ({
    name,
    runs: findings.some(({ engine, availability }) => engine === name && availability.runs),
  })),
  ...Object.keys(devices).map((name) => ({ name, runs: true })),
];

/** Opens an engine that `engines` says runs. */
export async function open(name: string): Promise<{ create: (start: EngineStart) => Engine }> {
  const create = devices[name];
  if (create) return { create };
  const known = engineNames.find((engine) => engine === name);
  return chooseEngine(known ?? 'auto');
}
