import { delimiter, join } from 'node:path';
import { root } from './root.mjs';
import { program } from './run.mjs';

/**
 * The command line and environment of a turbo run.
 *
 * @param {readonly string[]} parameters after `turbo run`
 * @returns {{ command: string, parameters: string[], env: NodeJS.ProcessEnv }}
 */
export function turboRun(...parameters) {
  return {
    command: process.execPath,
    parameters: [program('turbo'), 'run', ...parameters],
    // Turbo looks for pnpm on the path. The pinned one is a dependency of scripts/ and not of the root, where `pnpm turbo` would
    // find it by a relative path that leads nowhere from the packages' folders.
    env: {
      ...process.env,
      PATH: join(root, 'scripts/node_modules/.bin') + delimiter + (process.env['PATH'] ?? ''),
      TURBO_TELEMETRY_DISABLED: '1',
      TURBO_NO_UPDATE_NOTIFIER: '1',
    },
  };
}
