import type { z } from 'zod';
import type { Environment } from './environment.ts';
import { type Flag, flagsOf } from './flags.ts';
import type { Log, Sink } from './log.ts';

/** What a verb works with. */
export interface Invocation<Options> {
  /** Checked; paths absolute. */
  readonly options: Options;
  readonly environment: Environment;
  /** For people, on stderr; stdout is for the result. */
  readonly log: Log;
  /** The stream under `log`, for what draws on it by itself. */
  readonly stderr: Sink;
  /** Aborts with an `Interruption` on Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
}

export interface VerbDeclaration<Options extends z.ZodObject, Result> {
  /** A few words, without a full stop. */
  readonly summary: string;
  /** What else `--help` says: a paragraph each. */
  readonly details?: readonly string[];
  /** Whole lines to type. */
  readonly examples: readonly string[];
  /** By camelCase name; each described (`options.ts` has the common ones). */
  readonly options: Options;
  /** The option that words without a name fill. */
  readonly positional?: keyof Options['shape'] & string;
  /**
   * Does it. What it returns is the result: `--json` prints it, so it is plain data.
   *
   * @throws DataError, ModelError, ... with the line to show; after an abort, the signal's reason
   */
  readonly run: (invocation: Invocation<z.output<Options>>) => Promise<Result>;
  /** The result for people; without it, they get the JSON too. */
  readonly text?: (result: Result) => string;
}

/** A verb as the command line sees it, whatever its options. */
export interface Verb {
  readonly summary: string;
  readonly details: readonly string[];
  readonly examples: readonly string[];
  readonly flags: readonly Flag[];
  readonly positional: Flag | undefined;
  readonly schema: z.ZodObject;
  /** @param options what `schema` made of the command line */
  readonly run: (invocation: Invocation<Record<string, unknown>>) => Promise<Outcome>;
}

export interface Outcome {
  /** For `--json`. */
  readonly result: unknown;
  /** For people. */
  readonly text: string;
}

/** A verb of the command line: help, validation and `--json` come from this one declaration. */
export function defineVerb<Options extends z.ZodObject, Result>(declaration: VerbDeclaration<Options, Result>): Verb {
  const { summary, details = [], examples, options: schema, positional, text = asJson } = declaration;
  const flags = flagsOf(schema);
  return {
    summary,
    details,
    examples,
    flags,
    positional: flags.find(({ key }) => key === positional),
    schema,
    async run({ options, ...surroundings }) {
      const result = await declaration.run({ options: options as z.output<Options>, ...surroundings });
      return { result, text: text(result) };
    },
  };
}

function asJson(result: unknown): string {
  return JSON.stringify(result, undefined, 2);
}
