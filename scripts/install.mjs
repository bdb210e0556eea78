import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';
import { run } from './run.mjs';

/**
 * Brings node_modules to what the lockfile says. Where it is there already, nothing runs and no network is asked.
 *
 * @throws Error where pnpm fails; it has said why
 */
export async function installTree() {
  if (isInstalled()) return;
  const install = ['install', '--frozen-lockfile', '--prefer-offline'];
  // What this command prints belongs to the command it serves.
  /** @type {import('node:child_process').SpawnOptions} */
  const options = { stdio: ['ignore', process.stderr, process.stderr] };
  const pnpm = join(root, 'scripts/node_modules/pnpm/bin/pnpm.cjs');
  const code = existsSync(pnpm)
    ? await run(process.execPath, [pnpm, ...install], options)
    : // On Windows npx is a batch file, which only a shell can start.
      await run('npx', ['-y', pinnedPnpm(), ...install], { ...options, shell: process.platform === 'win32' });
  if (code !== 0) throw new Error(`install: pnpm ended with ${code} - its own words are above`);
}

/** pnpm leaves a copy of the lockfile, and `.modules.yaml` last. */
function isInstalled() {
  const installed = join(root, 'node_modules/.pnpm/lock.yaml');
  return (
    existsSync(join(root, 'node_modules/.modules.yaml')) &&
    existsSync(installed) &&
    readFileSync(installed).equals(readFileSync(join(root, 'pnpm-lock.yaml')))
  );
}

/** `pnpm@<version>`: package.json pins it. */
function pinnedPnpm() {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).packageManager;
}
