/** Runs TypeScript of this folder in a process of its own, to be killed or to compete. */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { build } from 'esbuild';

export type Child = ChildProcessByStdio<null, Readable, Readable>;

/**
 * Makes a program of a module's text, which may import from this folder, and returns what starts it.
 *
 * @param folder where the program is put
 */
export async function program(folder: string, source: string): Promise<(...args: readonly string[]) => Child> {
  const outfile = join(folder, 'program.mjs');
  await build({
    stdin: { contents: source, resolveDir: import.meta.dirname, loader: 'ts' },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
  });
  return (...args) => spawn(process.execPath, [outfile, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
}
