#!/usr/bin/env node
/** The process around `main`: signals, closed pipes, exit code. */
import { Interruption } from './errors.ts';
import { main } from './main.ts';
import { verbs } from './verbs/index.ts';

const controller = new AbortController();

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // A second time: whoever is in a hurry does not wait for what is being saved.
    if (controller.signal.aborted) process.exit(130);
    controller.abort(new Interruption(`interrupted by ${signal}`));
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
