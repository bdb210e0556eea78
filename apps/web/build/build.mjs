/** `node build/build.mjs`: the gallery as static files in out/, with the headers it is to be served with. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { web } from './paths.mjs';

await import('./prepare.mjs');
const next = createRequire(import.meta.url).resolve('next/dist/bin/next');
const { status } = spawnSync(process.execPath, [next, 'build'], {
  cwd: web,
  stdio: ['ignore', 'inherit', 'inherit'],
  env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
});
if (status !== 0) process.exit(status ?? 1);
const { dropClassData } = await import('./class-pages.mjs');
await dropClassData();
const { writePolicies } = await import('./policy.mjs');
await writePolicies();
const { writeServiceWorker } = await import('./offline.mjs');
await writeServiceWorker();
