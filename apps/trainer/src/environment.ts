/** The environment variables the command line knows, read and checked in this one place. */
import { resolve } from 'node:path';
import { z } from 'zod';
import { UsageError } from './errors.ts';

const variables = z.object({
  SKETCH_RNN_CACHE: z
    .string()
    .optional()
    .describe("folder of downloaded drawings and models; the system's cache folder by default"),
  SKETCH_RNN_QUICKDRAW_URL: z
    .url({ protocol: /^https?$/, error: 'expected an http or https address' })
    .optional()
    .describe('where a copy of the Quick, Draw! bucket is served'),
  SKETCH_RNN_MAGENTA_URL: z
    .url({ protocol: /^https?$/, error: 'expected an http or https address' })
    .optional()
    .describe("where a copy of the bucket of Magenta's models is served"),
  NO_COLOR: z.string().optional().describe('set to anything: no colours'),
});

export interface Environment {
  /** Where paths on the command line start from: an absolute path. */
  readonly folder: string;
  readonly cacheFolder: string | undefined;
  readonly quickDrawUrl: string | undefined;
  readonly magentaUrl: string | undefined;
  readonly noColour: boolean;
}

/** Name and description of each variable, for the help. */
export const variableNotes: readonly (readonly [name: string, note: string])[] = Object.entries(variables.shape).map(
  ([name, schema]) => [name, schema.description ?? ''],
);

/**
 * @param given `process.env`; an empty value counts as none
 * @param workingFolder `process.cwd()`: package managers change it, and leave in INIT_CWD where the command was typed
 * @throws UsageError that names the variable
 */
export function readEnvironment(given: Readonly<NodeJS.ProcessEnv>, workingFolder: string): Environment {
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
  const result = variables.safeParse(set);
  if (!result.success) {
    const { path, message } = result.error.issues[0] as z.core.$ZodIssue;
    const name = String(path[0]);
    throw new UsageError(`${name}: ${message}, got ${JSON.stringify(set[name])} - correct or unset the variable`);
  }
  const { SKETCH_RNN_CACHE: cache, NO_COLOR: noColour } = result.data;
  const folder = set['INIT_CWD'] ?? workingFolder;
  return {
    folder,
    cacheFolder: cache === undefined ? undefined : resolve(folder, cache),
    quickDrawUrl: result.data.SKETCH_RNN_QUICKDRAW_URL,
    magentaUrl: result.data.SKETCH_RNN_MAGENTA_URL,
    noColour: noColour !== undefined,
  };
}
