import { chooseEngine, createFusedEngine, createLoopsDevice, engineNames, lookAround } from '@sketch-rnn/backend';
import type { Engine, EngineStart } from '@sketch-rnn/core';

const findings = await lookAround();

/** Each engine, and whether it runs here: a table for `describe`. A run that is to leave nothing out counts the skips. */
export const engines: readonly { readonly name: string; readonly runs: boolean }[] = [
  ...engineNames.map((name) => ({
    name,
    runs: findings.some(({ engine, availability }) => engine === name && availability.runs),
  })),
  { name: 'loops', runs: true },
];

/** Opens an engine that `engines` says runs. */
export async function open(name: string): Promise<{ create: (start: EngineStart) => Engine }> {
  if (name === 'loops') return { create: (start) => createFusedEngine(createLoopsDevice(), start) };
  const known = engineNames.find((engine) => engine === name);
  return chooseEngine(known ?? 'auto');
}
