import type { Asking } from '../asking.ts';
import type { Message } from '../reply.ts';
import type { OptionValue } from '../request.ts';
import { en } from '../text/en.ts';
import { checkOptions, type Options, type ValuesOf } from './option.ts';

/** Commands have their words in every language under this name. */
export type CommandName = keyof typeof en.commands;

export interface Command {
  readonly name: CommandName;
  readonly options: Options;
  /** Only the asker sees the answer. */
  readonly isPrivate: boolean;
  /** Stands in the menu of a message, and takes the first file of it. */
  readonly onMessages: boolean;
  /** In servers alone, by those who manage them. */
  readonly isForManagers: boolean;
  /** @throws Refusal */
  readonly run: (values: Readonly<Record<string, OptionValue>>, asking: Asking) => Promise<Message>;
}

/** A command as it is written: what it takes, and how it is answered. */
export interface CommandDeclaration<O extends Options> {
  readonly name: CommandName;
  readonly options: O;
  readonly isPrivate?: boolean;
  readonly onMessages?: boolean;
  readonly isForManagers?: boolean;
  readonly run: (options: ValuesOf<O>, asking: Asking) => Promise<Message>;
}

/** Makes a command of its declaration; values are checked before it runs. */
export function defineCommand<O extends Options>(declaration: CommandDeclaration<O>): Command {
  const { name, options, isPrivate = false, onMessages = false, isForManagers = false, run } = declaration;
  return {
    name,
    options,
    isPrivate,
    onMessages,
    isForManagers,
    run: async (values, asking) => run(checkOptions(options, values), asking),
  };
}
