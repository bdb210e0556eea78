import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Gallery } from './visit.ts';

/** When something is missing. */
export function testFailures(visit: Gallery['visit']): void {
  test.for([
    [
      'the model is not there',
      (page: Page) => page.route('**/model/*', (route) => route.fulfill({ status: 404 })),
      'could not be fetched',
    ],
    [
      'the connection breaks',
      (page: Page) => page.route('**/model/*', (route) => route.abort()),
      'could not be fetched',
    ],
    ['the model was cut short', (page: Page) => tamper(page, (bytes) => bytes.subarray(0, 1000)), 'damaged or changed'],
    [
      'the model was changed',
      (page: Page) => tamper(page, (bytes) => bytes.fill(1, bytes.length - 64)),
      'damaged or changed',
    ],
    [
      'the worker does not load',
      (page: Page) => page.route(/turbopack-worker/, (route) => route.abort()),
      'stopped twice',
    ],
  ] as const)('%s: the visitor is told, and the sketches of the build stay', async ([, before, message]) => {
    const { page, axe, close } = await visit('/en/', { before });
    const alert = page.getByRole('alert').filter({ hasText: message });
    await alert.waitFor();
    await page.locator('.picture-stroke').first().waitFor();
    expect(await axe()).toEqual([]);
    await close();
  });

  test('without SIMD plain loops compute, and the badge says so', async () => {
    const { page, close } = await visit('/en/draw/', {
      before: (opened) =>
        opened.route(/turbopack-worker/, async (route) => {
          const response = await route.fetch();
          await route.fulfill({ response, body: `WebAssembly.validate = () => false;${await response.text()}` });
        }),
    });
    await page.locator('.futures-added').first().waitFor({ timeout: 90_000 });
    expect(await page.locator('.badge').textContent()).toContain('plain JavaScript');
    await close();
  });

  test('a second visit takes the model from this device', async () => {
    const { page, close } = await visit('/en/?seed=5');
    await page.locator('.sheet-open').first().waitFor();
    let fetched = 0;
    page.on('request', (request) => (fetched += request.url().includes('/model/') ? 1 : 0));
    await page.reload();
    await page.locator('.sheet-open').first().waitFor();
    expect(fetched).toBe(0);
    await close();
  });

  test('a model that was damaged in the cache is fetched anew', async () => {
    const { page, close } = await visit('/en/?seed=5');
    await page.locator('.sheet-open').first().waitFor();
    await page.evaluate(`caches.open('weights').then(async (cache) => {
      const [request] = await cache.keys();
      await cache.put(request, new Response('damaged'));
    })`);
    await page.reload();
    await page.locator('.sheet-open').first().waitFor();
    expect(await page.locator('.badge-why').textContent()).toContain('was fetched and checked');
    await close();
  });
}

async function tamper(page: Page, change: (bytes: Buffer) => Buffer): Promise<void> {
  await page.route('**/model/*', async (route) => {
    const response = await route.fetch();
    await route.fulfill({
      response,
      body: change(await response.body()),
      headers: { 'content-type': 'application/octet-stream' },
    });
  });
}
