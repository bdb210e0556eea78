/** Lines to type once a training has stopped. */
import { basename } from 'node:path';
import type { Run } from '../run/folder.ts';
import type { Goal } from '../run/status.ts';
import type { Position } from './loop.ts';

/** What a report says can be done next. */
export function nextCommands({ folder, model }: Pick<Run, 'folder' | 'model'>) {
  return [
    { purpose: 'Train on', line: resumeCommand(folder) },
    { purpose: 'Draw', line: `pnpm sketch-rnn sample --model ${model} --out ${basename(folder)}.png` },
  ];
}

/** Goes on to the same goal, on the engine that needs nothing but a processor: what else there is may be what was lost. */
export function resumeElsewhere({ folder }: Pick<Run, 'folder'>, goal: Goal, { seconds }: Position): string {
  // Tenths of a minute; a goal that is all but reached is not worth less.
  const minutes = (left: number): number => Math.max(1, Math.round(left / 6)) / 10;
  const rest = 'steps' in goal ? `--steps ${goal.steps}` : `--minutes ${minutes(goal.seconds - seconds)}`;
  return `${resumeCommand(folder)} --engine wasm ${rest}`;
}

function resumeCommand(folder: string): string {
  return `pnpm sketch-rnn train --resume --name ${basename(folder)}`;
}
