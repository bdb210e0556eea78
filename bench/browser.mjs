/**
 * Measures how fast a page's worker draws, in Chromium: rows a second of Magenta's model, for one sketch and for 64 at once.
 *
 *     node bench/browser.mjs > bench/results/browser.json
 *
 * The page is served as the gallery is, not isolated from others, and by a policy that lets scripts of its own alone run.
 */
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';

const CHROMIUM = '/usr/bin/chromium';

/** Nothing is fetched from anywhere. */
const FLAGS = [
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-sandbox',
];

const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'";

const { outputFiles } = await build({
  entryPoints: [join(import.meta.dirname, 'browser-worker.ts')],
  write: false,
  bundle: true,
  platform: 'browser',
  format: 'esm',
  target: 'es2022',
  logLevel: 'warning',
});
const script = outputFiles[0]?.text;

const server = createServer(({ url }, response) => {
  response.setHeader('content-security-policy', POLICY);
  response.setHeader('content-type', url === '/worker.js' ? 'text/javascript' : 'text/html');
  response.end(url === '/worker.js' ? script : '<!doctype html>');
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());

const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
try {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${port}/`);
  /** @type {object} */
  const report = await page.evaluate(`new Promise((resolve, reject) => {
    const worker = new Worker('/worker.js', { type: 'module' });
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
