/**
 * Measures how fast a page's worker draws, in Chromium: rows a second of Magenta's model, for one sketch and for 64 at once.
 *
 *     node bench/browser.mjs > bench/results/sampling-browser.json
 *
 * The page is served as the gallery is, not isolated from others, and by a policy that lets scripts of its own alone run.
 */
import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { bundles, CHROMIUM, FLAGS, serve } from '../test/browser/chromium.mjs';

const scripts = await bundles([join(import.meta.dirname, 'browser-worker.ts')]);
const server = await serve(scripts, '<!doctype html>');
const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
try {
  const page = await browser.newPage();
  await page.goto(server.origin);
  /** @type {object} */
  const report = await page.evaluate(`new Promise((resolve, reject) => {
    const worker = new Worker('/browser-worker.js', { type: 'module' });
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
  })`);
  const result = {
    date: new Date().toISOString().slice(0, 10),
    revision: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim(),
    machine: { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length },
    browser: `Chromium ${browser.version()}`,
    preset: 'magenta',
    ...report,
  };
  process.stdout.write(`${JSON.stringify(result, undefined, 1)}\n`);
} finally {
  await browser.close();
  server.close();
}
