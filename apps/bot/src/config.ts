/** What an owner sets: environment variables, read and checked in this one place. */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { ConfigError } from './error.ts';

const whole = (least: number, most: number) =>
  z.coerce.number(`expected a whole number from ${least} to ${most}`).pipe(z.int().min(least).max(most));

/** A thread for each core but one, which answers Discord. */
const defaultThreads = Math.max(1, availableParallelism() - 1);

const variables = z.object({
  DISCORD_TOKEN: z.string().optional().describe("the bot's token; without one the local playground starts"),
  SKETCH_RNN_MODEL: z
    .string()
    .optional()
    .describe('model file; models/catalogue.safetensors of this project by default'),
  BOT_THREADS: whole(1, 64).default(defaultThreads).describe('threads that draw; all cores but one by default'),
  BOT_QUEUE: whole(1, 10_000).default(500).describe('drawings that may wait; more are refused'),
  BOT_QUEUE_PER_USER: whole(1, 10_000).default(5).describe("of these, one user's"),
  BOT_HOST: z.string().default('127.0.0.1').describe('address of /healthz, /readyz, /metrics and the playground'),
  BOT_PORT: whole(0, 65_535).default(8090).describe('their port; 0 takes a free one'),
  BOT_DRAIN_SECONDS: whole(0, 600).default(25).describe('seconds that drawings in progress have at the end'),
  BOT_SHARDS: z
    .literal('auto')
    .or(whole(1, 1000))
    .default(1)
    .describe('processes that share the servers: a number, or auto; Discord demands it from 2,500 servers on'),
  BOT_DATABASE: z
    .string()
    .optional()
    .describe("file that keeps servers' settings, in the user's data folder by default; or a libsql address"),
  BOT_DATABASE_TOKEN: z.string().optional().describe('secret of a database at a libsql address'),
  BOT_GALLERY_URL: z
    .url({ protocol: /^https?$/, error: 'expected an http or https address' })
    .optional()
    .describe('where one can draw in the browser: /help links to it'),
  BOT_LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal'])
    .default('info')
    .describe('what is logged'),
});

export interface Config {
  readonly token: string | undefined;
  /** Absolute. */
  readonly modelPath: string;
  readonly threads: number;
  readonly maxWaiting: number;
  readonly maxWaitingPerUser: number;
  readonly host: string;
  readonly port: number;
  /** Milliseconds. */
  readonly patience: number;
  readonly shards: number | 'auto';
  /** `file:` or an address. */
  readonly databaseUrl: string;
  readonly databaseToken: string | undefined;
  readonly galleryUrl: string | undefined;
  readonly logLevel: z.infer<typeof variables>['BOT_LOG_LEVEL'];
}

/** Where what is not set comes from. */
export interface Defaults {
  /** Absolute. */
  readonly modelPath: string;
  /** Absolute. */
  readonly databasePath: string;
  /** Paths start here. */
  readonly folder: string;
}

/** Name and description of each variable, for people. */
export const variableNotes: readonly (readonly [name: string, note: string])[] = Object.entries(variables.shape).map(
  ([name, schema]) => [name, schema.description ?? ''],
);

/**
 * Reads the configuration.
 *
 * Every variable may be given as a file instead, as secrets are: `DISCORD_TOKEN_FILE=/run/secrets/token`.
 *
 * @param given `process.env`; an empty value counts as none
 * @throws ConfigError that names the variable
 */
export function readConfig(given: Readonly<NodeJS.ProcessEnv>, { modelPath, databasePath, folder }: Defaults): Config {
  const set: Record<string, string> = {};
  for (const name of Object.keys(variables.shape)) {
    const path = given[`${name}_FILE`];
    const value = given[name] || (path ? readSecret(`${name}_FILE`, resolve(folder, path)) : undefined);
    if (value) set[name] = value;
  }
  const result = variables.safeParse(set);
  if (!result.success) {
    const { path, message } = result.error.issues[0] as z.core.$ZodIssue;
    const name = String(path[0]);
    const got = name === 'DISCORD_TOKEN' ? 'another value' : JSON.stringify(set[name]);
    throw new ConfigError(`${name}: ${message}, got ${got} - correct or unset the variable`);
  }
  const { data } = result;
  return {
    token: data.DISCORD_TOKEN,
    modelPath: data.SKETCH_RNN_MODEL === undefined ? modelPath : resolve(folder, data.SKETCH_RNN_MODEL),
    threads: data.BOT_THREADS,
    maxWaiting: data.BOT_QUEUE,
    maxWaitingPerUser: data.BOT_QUEUE_PER_USER,
    host: data.BOT_HOST,
    port: data.BOT_PORT,
    patience: data.BOT_DRAIN_SECONDS * 1000,
    shards: data.BOT_SHARDS,
    databaseUrl: urlOf(data.BOT_DATABASE ?? databasePath, folder),
    databaseToken: data.BOT_DATABASE_TOKEN,
    galleryUrl: data.BOT_GALLERY_URL,
    logLevel: data.BOT_LOG_LEVEL,
  };
}

/** The address of a database given as a path or an address. */
function urlOf(database: string, folder: string): string {
  if (/^(libsql|https?|wss?):\/\//.test(database)) return database;
  return pathToFileURL(resolve(folder, database.replace(/^file:(\/\/)?/, ''))).href;
}

function readSecret(name: string, path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigError(`${name}: expected a file that can be read, got ${code} at ${path} - check the path`, {
      cause: error,
    });
  }
}
