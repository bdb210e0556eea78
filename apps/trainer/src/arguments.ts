/** From the words of a command line to checked options. */
import { parseArgs } from 'node:util';
import { nearest } from '@sketch-rnn/core';
import type { z } from 'zod';
import { UsageError } from './errors.ts';
import type { Flag } from './flags.ts';
import { resolvePath } from './paths.ts';
import type { Verb } from './verb.ts';

/** Switches every verb has. */
export const globalFlags = [
  { name: 'json', description: 'print the result as one JSON document' },
  { name: 'verbose', description: 'show where an error comes from' },
  { name: 'help', description: 'show this' },
] as const;

type GlobalName = (typeof globalFlags)[number]['name'];

/** What stood on the command line after the verb. */
export interface Arguments {
  readonly globals: ReadonlySet<GlobalName>;
  /** By key: text, a list of it, or a switch; not yet checked. */
  readonly given: Readonly<Record<string, string | boolean | readonly string[]>>;
}

/**
 * Sorts words into options; paths become absolute.
 *
 * @param folder where paths start from
 * @throws UsageError for an option that is not there (with the nearest name), without its value or with one too many
 */
export function parseArguments(words: readonly string[], verb: Verb, folder: string): Arguments {
  const { flags, positional } = verb;
  const known = new Map(flags.map((flag) => [flag.name, flag]));
  const globals = new Set<GlobalName>();
  const given: Record<string, string | boolean | string[]> = {};
  const put = (flag: Flag, text: string): void => {
    const value = flag.resolves ? resolvePath(text, folder, flag.resolves) : text;
    const before = given[flag.key];
    given[flag.key] = flag.many ? [...(Array.isArray(before) ? before : []), value] : value;
  };
  // Package managers pass on the "--" that separates their options from ours.
  const ours = words[0] === '--' ? words.slice(1) : words;
  const { tokens } = parseArgs({
    args: ours.map((word) => (word === '-h' ? '--help' : word)),
    options: Object.fromEntries(
      flags.map(({ name, placeholder }) => [name, { type: placeholder === undefined ? 'boolean' : 'string' } as const]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional') {
      if (!positional) throw new UsageError(`"${token.value}": expected an option, got a word - begin options with --`);
      put(positional, token.value);
      continue;
    }
    const { name, rawName, value, inlineValue } = token;
    const global = globalFlags.find((each) => each.name === name);
    const flag = known.get(name) ?? switchOff(name, known);
    if (!flag && !global) {
      const names = [...known.keys(), ...globalFlags.map((each) => each.name)];
      throw new UsageError(`${rawName}: no such option - ${nearest(name, names).replaceAll(/"([^"]*)"/g, '--$1')}`);
    }
    if (flag?.placeholder !== undefined) {
      if (value === undefined || (!inlineValue && value.startsWith('--'))) {
        throw new UsageError(`${rawName}: expected a value (${flag.placeholder}), got ${value ?? 'nothing'}`);
      }
      put(flag, value);
    } else {
      if (value !== undefined) throw new UsageError(`${rawName}: expected no value, got "${value}" - it is a switch`);
      if (global) globals.add(global.name);
      else if (flag) given[flag.key] = name === flag.name;
    }
  }
  return { globals, given };
}

function switchOff(name: string, known: ReadonlyMap<string, Flag>): Flag | undefined {
  const flag = name.startsWith('no-') ? known.get(name.slice('no-'.length)) : undefined;
  return flag?.placeholder === undefined ? flag : undefined;
}

/**
 * Options as the verb wants them, defaults filled in.
 *
 * @param title the verb's name, for the remedy
 * @throws UsageError that names the option, what is allowed and what came
 */
export function checkOptions(verb: Verb, { given }: Arguments, title: string): Record<string, unknown> {
  const result = verb.schema.safeParse(given);
  if (result.success) return result.data;
  const { path, message } = result.error.issues[0] as z.core.$ZodIssue;
  const flag = verb.flags.find(({ key }) => key === path[0]);
  const remedy = `see "sketch-rnn ${title} --help"`;
  if (!flag) throw new UsageError(`${message} - ${remedy}`);
  const whole = given[flag.key];
  const value = Array.isArray(whole) && typeof path[1] === 'number' ? (whole[path[1]] as unknown) : whole;
  if (value === undefined) {
    throw new UsageError(`--${flag.name}: expected ${flag.description}; got nothing - ${remedy}`);
  }
  const got = message.includes(', got ') ? '' : `, got ${JSON.stringify(value)}`;
  throw new UsageError(`--${flag.name}: ${message}${got} - ${remedy}`);
}
