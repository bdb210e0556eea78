import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from './browser/engines.ts';
import type { Story } from './browser/fallback.ts';

const CHROMIUM = '/usr/bin/chromium';

/** WebGPU in software, and nothing fetched from anywhere. */
const FLAGS = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-sandbox',
];

/** A page that lets scripts and workers of its own alone run, WebAssembly too: what the gallery's will allow. */
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'";

describe.skipIf(!existsSync(CHROMIUM))('in a browser', () => {
  let browser: Browser;
  let server: Server;
  let page: Page;
  const said: string[] = [];

  beforeAll(async () => {
    const files = await bundles();
    server = createServer(({ url }, response) => {
      const script = files.get(url ?? '');
      response.setHeader('content-security-policy', POLICY);
      response.setHeader('content-type', script === undefined ? 'text/html' : 'text/javascript');
      response.end(script ?? '<!doctype html><script type="module" src="/page.js"></script>');
    }).listen(0, '127.0.0.1');
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
    page = await browser.newPage();
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', ({ message }) => said.push(message));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    server.close();
  });

  test.for([
    ['the page', 'tryEmbedded()'],
    [
      'a worker',
      `new Promise((resolve, reject) => {
      const worker = new Worker('/worker.js', { type: 'module' });
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
    })`,
    ],
  ] as const)('WebAssembly computes what loops compute, in %s', async ([, script]) => {
    const report = await page.evaluate<Report>(script);
    expect(report.name).toBe('wasm');
    expect(report.gradients).toBeLessThan(2e-5);
    expect(report.sketches).toBeLessThan(1e-3);
  });

  test('WebGPU does too, is known to be in software, and says so when it is lost', { timeout: 120_000 }, async () => {
    const report = await page.evaluate<Report & { fallback: boolean; afterLoss: string }>('tryWebgpu()');
    expect(report.name).toMatch(/^webgpu \(google swiftshader\)$/);
    expect(report.gradients).toBeLessThan(2e-5);
    expect(report.sketches).toBeLessThan(1e-3);
    expect(report.fallback).toBe(true);
    expect(report.afterLoss).toMatch(/^EngineError: webgpu: .*lost/);
  });

  test.for([
    ['while it draws', 'loseGpuWhileDrawing()'],
    ['while nobody asks it', 'loseGpuInBetween()'],
  ] as const)('a GPU lost %s: WebAssembly draws the same sketches', { timeout: 120_000 }, async ([, script]) => {
    const { before, after, told, sketches } = await page.evaluate<Story>(script);
    expect(before).toEqual({ uses: 'webgpu', why: 'webgpu: google swiftshader' });
    expect(after.uses).toBe('wasm');
    expect(after.why).toMatch(/^webgpu: .*lost.*; wasm: there is SIMD$/);
    expect(told).toEqual([after]);
    expect(sketches).toBeLessThan(1e-3);
  });

  test('a GPU lost after a step of training took the weights with it: nothing goes on in silence', async () => {
    expect(await page.evaluate<string>('loseGpuAfterTraining()')).toMatch(/^EngineError: webgpu: .*lost/);
  });

  test('where WebAssembly has no SIMD, loops draw', async () => {
    const { before, told, sketches } = await page.evaluate<Story>('withoutSimd()');
    expect(before).toEqual({ uses: 'loops', why: 'wasm: there is no SIMD' });
    expect(told).toEqual([]);
    expect(sketches).toBe(0);
  });

  test('a GPU in software is not taken for one', async () => {
    const { before } = await page.evaluate<Story>('withoutRealGpu()');
    expect(before.uses).toBe('wasm');
    expect(before.why).toMatch(/google swiftshader computes in software/);
  });

  test('nothing was said on the console, and the policy was kept', () => {
    expect(said.filter((line) => !line.includes('favicon'))).toEqual([]);
  });
});

/** Scripts of the page and of its worker by address. */
async function bundles(): Promise<ReadonlyMap<string, string>> {
  const { outputFiles } = await build({
    entryPoints: ['page', 'worker'].map((name) => join(import.meta.dirname, 'browser', `${name}.ts`)),
    outdir: '/',
    write: false,
    bundle: true,
    platform: 'browser',
    format: 'esm',
    target: 'es2022',
    logLevel: 'warning',
  });
  return new Map(outputFiles.map(({ path, text }) => [path, text]));
}
