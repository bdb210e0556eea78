/** The command line as a process of its own, to be interrupted and killed. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { build } from 'esbuild';
import { onTestFinished } from 'vitest';

const trainer = join(import.meta.dirname, '../..');

export type Child = ChildProcessByStdio<null, Readable, Readable>;

export interface Program {
  /** Starts it; what still runs when the test ends is killed. */
  start(words: readonly string[], variables?: Readonly<Record<string, string>>): Child;
  remove(): Promise<void>;
}

/** Bundles the command line, its wasm engine with it: plain Node runs no TypeScript. */
export async function bundleProgram(): Promise<Program> {
  // Beside the trainer's own packages, where what is not bundled is found.
  const cache = join(trainer, 'node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'program-'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await build({
    absWorkingDir: trainer,
    entryPoints: { cli: 'src/cli.ts', 'wasm-worker': '../../packages/backend/src/workers/worker.ts' },
    outdir: folder,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    external: ['sharp', '@tensorflow/*'],
    banner: {
      js: "import { createRequire as bundleRequire } from 'node:module'; const require = bundleRequire(import.meta.url);",
    },
    logLevel: 'error',
  });
  return {
    start(words, variables = {}) {
      const { INIT_CWD: _, ...inherited } = process.env;
      const child = spawn(process.execPath, [join(folder, 'cli.js'), ...words], {
        env: { ...inherited, ...variables },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      onTestFinished(() => void child.kill('SIGKILL'));
      return child;
    },
    remove: () => rm(folder, { recursive: true }),
  };
}
