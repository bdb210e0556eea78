/**
 * `node apps/bot/load.mjs [model]`: 200 commands at once from 50 users, against a Discord on loopback; prints JSON and ends with 1
 * where a drawing was lost, announced after more than 3 s, p95 is above 20 s, or the memory 1 GB.
 */
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { withBundle } from './bundle.mjs';

const [model = join(import.meta.dirname, '../../models/catalogue.safetensors')] = process.argv.slice(2);
/** @type {import('./src/testing/load.ts').LoadReport} */
const report = await withBundle({ load: 'src/testing/load.ts', worker: 'src/pool/worker.ts' }, async (folder) => {
  /** @type {typeof import('./src/testing/load.ts')} */
  const { measureLoad } = await import(pathToFileURL(join(folder, 'load.js')).href);
  return measureLoad({
    commands: 200,
    users: 50,
    threads: 2,
    modelPath: resolve(model),
    workerPath: join(folder, 'worker.js'),
    databasePath: join(folder, 'bot.db'),
    migrations: join(import.meta.dirname, 'src/store/migrations'),
  });
});
process.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
const { answered, commands, refusals, answer, residentMemory } = report;
const isGood = answered === commands && refusals === 0 && answer.p95 <= 20 && residentMemory < 1024;
process.exitCode = isGood ? 0 : 1;
