/** `pnpm check:long`: what takes hours. The curves' figures are written to bench/results. */
import { join } from 'node:path';
import { installTree } from './install.mjs';
import { root } from './root.mjs';
import { program, run } from './run.mjs';

await installTree();

// A process killed at any moment, many times in a row, loses nothing older than the last checkpoint: one that does nothing but save
// them, and one that trains.
const killed = ['apps/trainer/src/run/kill.test.ts', 'apps/trainer/src/verbs/train-kill.test.ts'];
const kills = await run(process.execPath, [program('vitest'), 'run', '--reporter=verbose', ...killed], {
  env: { ...process.env, SKETCH_RNN_KILLS: '20' },
});
// Memory after thousands of steps, on every engine.
const soak = await run(process.execPath, [program('vitest'), 'run', 'test/soak.test.ts'], {
  env: { ...process.env, SKETCH_RNN_SOAK: '2000' },
});
const curves = await run(process.execPath, [join(root, 'bench/curves.mjs'), join(root, 'bench/runs')]);
process.exitCode = kills || soak || curves;
