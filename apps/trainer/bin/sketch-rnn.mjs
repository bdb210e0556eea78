#!/usr/bin/env node
/** `pnpm sketch-rnn <verb> ...`: builds the trainer where its sources changed, then is the trainer. */
import { installTree } from '../../../scripts/install.mjs';
import { capture } from '../../../scripts/run.mjs';
import { turboRun } from '../../../scripts/turbo.mjs';

await installTree();
const { command, parameters, env } = turboRun('build', '--filter=@sketch-rnn/trainer');
const { code, output } = await capture(command, parameters, { env });
if (code === 0) {
  await import(new URL('../dist/cli.js', import.meta.url).href);
} else {
  process.stderr.write(output);
  process.exitCode = 1;
}
