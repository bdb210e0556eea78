#!/usr/bin/env node
/** The process around `main`: signals, closed pipes, exit code. */
import { Interruption } from './errors.ts';
import { main } from './main.ts';
import { verbs } from './verbs/index.ts';

const controller = new AbortController();
/** Milliseconds after the first signal in which another is the same one: package managers pass it on beside the terminal. */
const ECHO = 1000;
let interruptedAt = -Infinity;

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (!controller.signal.aborted) {
      interruptedAt = performance.now();
      controller.abort(new Interruption(`interrupted by ${signal}`));
    } else if (performance.now() - interruptedAt > ECHO) {
      // Whoever is in a hurry does not wait for what is being saved.
      process.exit(130);
    }
  });
}

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // The reader has seen enough (`| head`).
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
}

process.exitCode = await main(process.argv.slice(2), verbs, {
  variables: process.env,
  folder: process.cwd(),
  stdout: process.stdout,
  stderr: process.stderr,
  signal: controller.signal,
});
