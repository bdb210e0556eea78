import type { Command, CommandName } from './command.ts';
import { daily } from './daily.ts';
import { draw } from './draw.ts';
import { finish, finishMessage } from './finish.ts';
import { guess } from './guess.ts';
import { morph } from './morph.ts';
import { help, models, privacy } from './words.ts';

/** Every command, in the order in which `/help` speaks of them. */
export const commands: readonly Command[] = [draw, finish, morph, guess, daily, models, help, privacy, finishMessage];

/** A command by its name; undefined where there is none. */
export function commandNamed(name: string): Command | undefined {
  return commands.find((command) => command.name === (name as CommandName));
}
