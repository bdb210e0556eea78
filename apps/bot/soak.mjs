/**
 * `node apps/bot/soak.mjs [minutes] [model]`: the bot under faults, 30 minutes by default; prints JSON and ends with 1 where a command was
 * lost or announced after more than 3 s, or where the memory grows by 0.2 MB a minute after the fifth.
 */
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { withBundle } from './bundle.mjs';

const [minutes = '30', model = join(import.meta.dirname, '../../models/catalogue.safetensors')] = process.argv.slice(2);
/** @type {import('./src/testing/soak.ts').SoakReport} */
const report = await withBundle(
  { soak: 'src/testing/soak.ts', process: 'src/testing/process.ts', worker: 'src/testing/mortal-worker.ts' },
  async (folder) => {
    /** @type {typeof import('./src/testing/soak.ts')} */
    const { measureSoak } = await import(pathToFileURL(join(folder, 'soak.js')).href);
    return measureSoak({
      furniture: {
        workerPath: join(folder, 'worker.js'),
        processPath: join(folder, 'process.js'),
        databasePath: join(folder, 'bot.db'),
        migrations: join(import.meta.dirname, 'src/store/migrations'),
        modelPath: resolve(model),
      },
      classes: ['owl', 'cat', 'pig'],
      minutes: Number(minutes),
      pace: 1500,
      faultEvery: 5000,
    });
  },
);
process.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
const { lost, refusals, memory, exitCode } = report;
const isGood = lost.length === 0 && refusals.length === 0 && (memory.growth ?? 0) < 0.2 && exitCode === 0;
process.exitCode = isGood ? 0 : 1;
