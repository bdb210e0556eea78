/**
 * `node figures/figures.mjs [--only bytes | speed | lighthouse] [--write]`: figures of the built gallery. With --write they go to
 * bench/results/web.json, those not measured now left as they are.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { arch, cpus, platform } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { prepared, web } from '../build/paths.mjs';
import { serve } from '../build/server.mjs';
import { launch } from './browser.mjs';
import { measureBytes } from './bytes.mjs';
import { runLighthouse } from './lighthouse.mjs';
import { measureSpeed } from './speed.mjs';

const { values } = parseArgs({ options: { only: { type: 'string' }, write: { type: 'boolean', default: false } } });
const wanted = (/** @type {string} */ name) => values.only === undefined || values.only === name;

const server = await serve(0);
const browser = await launch();
const { model } = JSON.parse(await readFile(join(prepared, 'catalogue.json'), 'utf8')).catalogue;
const figures = {
  date: new Date().toISOString().slice(0, 10),
  machine: `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, ${platform()} ${arch()}`,
  node: process.version,
  browser: browser.version(),
  model: { sha256: model.sha256, step: model.step },
  ...(wanted('bytes') && { bytes: await measureBytes(browser, server.address) }),
  ...(wanted('speed') && { milliseconds: await measureSpeed(browser, server.address) }),
};
await browser.close();
const all = { ...figures, ...(wanted('lighthouse') && { lighthouse: await runLighthouse(server.address) }) };
server.close();
process.stdout.write(`${JSON.stringify(all, null, 2)}\n`);
if (values.write) {
  const file = join(web, '../../bench/results/web.json');
  const before = await readFile(file, 'utf8').then(JSON.parse, () => ({}));
  await writeFile(file, `${JSON.stringify({ ...before, ...all }, null, 2)}\n`);
}
