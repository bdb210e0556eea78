/** `pnpm check:long`: what takes hours. The curves' figures are written to bench/results. */
import { join } from 'node:path';
import { installTree } from './install.mjs';
import { root } from './root.mjs';
import { program, run } from './run.mjs';

await installTree();

// A process killed at any moment, many times in a row, loses nothing older than the last checkpoint.
const kills = await run(process.execPath, [program('vitest'), 'run', 'apps/trainer/src/run/kill.test.ts'], {
  env: { ...process.env, SKETCH_RNN_KILLS: '20' },
});
// Memory after thousands of steps, on every engine.
const soak = await run(process.execPath, [program('vitest'), 'run', 'test/soak.test.ts'], {
  env: { ...process.env, SKETCH_RNN_SOAK: '2000' },
});
const curves = await run(process.execPath, [join(root, 'bench/curves.mjs'), join(root, 'bench/runs')]);
process.exitCode = kills || soak || curves;
