/**
 * `node apps/bot/load.mjs [model]`: 200 commands at once from 50 users, against a Discord on loopback; prints JSON and ends with 1
 * where a drawing was lost, announced after more than 3 s, or p95 is above 20 s.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { nodeBundle } from './bundle.mjs';

const cache = join(import.meta.dirname, 'node_modules/.cache');
await mkdir(cache, { recursive: true });
const folder = await mkdtemp(join(cache, 'load-'));
try {
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await build({
    ...nodeBundle,
    external: [...nodeBundle.external, 'ws'],
    entryPoints: { load: 'src/testing/load.ts', worker: 'src/pool/worker.ts' },
    outdir: folder,
  });
  /** @type {typeof import('./src/testing/load.ts')} */
  const { measureLoad } = await import(pathToFileURL(join(folder, 'load.js')).href);
  const [model = join(import.meta.dirname, '../../models/catalogue.safetensors')] = process.argv.slice(2);
  const report = await measureLoad({
    commands: 200,
    users: 50,
    threads: 2,
    modelPath: resolve(model),
    workerPath: join(folder, 'worker.js'),
  });
  process.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
  const isGood = report.answered === report.commands && report.refusals === 0 && report.answer.p95 <= 20;
  process.exitCode = isGood ? 0 : 1;
} finally {
  await rm(folder, { recursive: true });
}
