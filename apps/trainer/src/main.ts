import { styleText } from 'node:util';
import { nearest } from '@sketch-rnn/core';
import manifest from '../package.json' with { type: 'json' };
import { checkOptions, parseArguments } from './arguments.ts';
import { type Environment, readEnvironment } from './environment.ts';
import { type ExitCode, explain, UsageError } from './errors.ts';
import { programHelp, verbHelp } from './help.ts';
import { logTo, type Sink } from './log.ts';
import type { Verb } from './verb.ts';

/** What a command line lives in; a test brings its own. */
export interface Surroundings {
  readonly variables: Readonly<NodeJS.ProcessEnv>;
  /** Working folder, absolute. */
  readonly folder: string;
  readonly stdout: Sink;
  readonly stderr: Sink;
  /** Aborts with an `Interruption`. */
  readonly signal: AbortSignal;
}

/**
 * Runs one command line. The result goes to stdout, everything else to stderr; nothing is thrown.
 *
 * @param words after `sketch-rnn`
 */
export async function main(
  words: readonly string[],
  verbs: ReadonlyMap<string, Verb>,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const { stdout, stderr, signal } = surroundings;
  const log = logTo(stderr);
  try {
    const environment = readEnvironment(surroundings.variables, surroundings.folder);
    const output = await answer({ words, verbs, environment, log, stderr, signal });
    log.clear();
    stdout.write(`${output}\n`);
    // A verb may end well after an interruption, what it has saved.
    return signal.aborted ? 130 : 0;
  } catch (error) {
    const { line, code } = explain(error);
    log.line(`${coloured('error:', surroundings)} ${line}`);
    if (words.includes('--verbose') && error instanceof Error) log.line(stackOf(error));
    return code;
  }
}

interface Request {
  readonly words: readonly string[];
  readonly verbs: ReadonlyMap<string, Verb>;
  readonly environment: Environment;
  readonly log: ReturnType<typeof logTo>;
  readonly stderr: Sink;
  readonly signal: AbortSignal;
}

/** What goes to stdout. */
async function answer({ words, verbs, environment, log, stderr, signal }: Request): Promise<string> {
  if (words.length === 0 || words[0] === '--help' || words[0] === '-h') return programHelp(verbs, manifest.version);
  if (words[0] === '--version') return manifest.version;
  const family = new Map([...verbs].filter(([name]) => name.startsWith(`${words[0]} `)));
  if (family.size > 0 && (words.length === 1 || words[1] === '--help')) return programHelp(family, manifest.version);
  const { name, verb, rest } = findVerb(words, verbs);
  const parsed = parseArguments(rest, verb, environment.folder);
  if (parsed.globals.has('help')) return verbHelp(name, verb);
  const options = checkOptions(verb, parsed, name);
  const { result, text } = await verb.run({ options, environment, log, stderr, signal });
  return parsed.globals.has('json') ? JSON.stringify(result) : text;
}

/** The verb of one or two words that the command line begins with. */
function findVerb(
  words: readonly string[],
  verbs: ReadonlyMap<string, Verb>,
): { readonly name: string; readonly verb: Verb; readonly rest: readonly string[] } {
  for (const length of [2, 1]) {
    const name = words.slice(0, length).join(' ');
    const verb = verbs.get(name);
    if (verb) return { name, verb, rest: words.slice(length) };
  }
  const [first = '', second = ''] = words;
  const names = [...verbs.keys()];
  const family = names.filter((name) => name.startsWith(`${first} `));
  if (first.startsWith('-')) {
    throw new UsageError(`${first}: expected a verb first, got an option - verbs: ${names.join(', ')}`);
  }
  const asked = family.length > 0 && !second.startsWith('-') ? `${first} ${second}`.trim() : first;
  throw new UsageError(`"${asked}": no such verb - ${nearest(asked, family.length > 0 ? family : names)}`);
}

function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by ${stackOf(error.cause)}` : '';
  return `${error.stack ?? error.message}${cause}`;
}

function coloured(text: string, { stderr, variables }: Surroundings): string {
  return stderr.isTTY && !variables['NO_COLOR'] ? styleText('red', text) : text;
}
