import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundles, CHROMIUM, FLAGS, serve } from './browser/chromium.mjs';
import type { Report } from './browser/engines.ts';
import type { Story } from './browser/fallback.ts';

/** WebGPU in software. */
const SOFTWARE_GPU = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

describe.skipIf(!existsSync(CHROMIUM))('in a browser', () => {
  let browser: Browser;
  let server: Awaited<ReturnType<typeof serve>>;
  let page: Page;
  const said: string[] = [];

  beforeAll(async () => {
    const scripts = await bundles(['page', 'worker'].map((name) => join(import.meta.dirname, 'browser', `${name}.ts`)));
    server = await serve(scripts, '<!doctype html><script type="module" src="/page.js"></script>');
    browser = await chromium.launch({ executablePath: CHROMIUM, args: [...SOFTWARE_GPU, ...FLAGS] });
    page = await browser.newPage();
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', ({ message }) => said.push(message));
    await page.goto(server.origin);
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
