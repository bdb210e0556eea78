import { type ChosenEngine, chooseEngine, type EngineName, engineNames, lookAround } from '@sketch-rnn/backend';

const findings = await lookAround();

/** Each engine, and whether it runs here: a table for `describe`. A run that is to leave nothing out counts the skips. */
export const engines: readonly { readonly name: EngineName; readonly runs: boolean }[] = engineNames.map((name) => ({
  name,
  runs: findings.some(({ engine, availability }) => engine === name && availability.runs),
}));

/** Opens an engine that `engines` says runs. */
export async function open(name: EngineName): Promise<ChosenEngine> {
  return chooseEngine(name);
}
