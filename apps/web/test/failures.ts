import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { type Gallery, PATIENT } from './visit.ts';

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

  test('a worker that crashes is replaced, and what it had is drawn', async () => {
    const { page, close } = await visit('/en/draw/');
    await page.locator('.futures-added').first().waitFor();
    const before = await page.locator('.futures').innerHTML();
    await crash(page);
    await page.getByRole('button', { name: 'Others' }).click();
    await expect.poll(() => page.locator('.futures').innerHTML(), PATIENT).not.toBe(before);
    await page.locator('.futures[aria-busy=false] .futures-added').first().waitFor();
    expect(await page.locator('.badge').getAttribute('data-state')).toBe('ready');
    await close();
  });

  test('when it crashes again the visitor is told; the drawing stays, and is there after a reload', async () => {
    const { page, axe, close } = await visit('/en/draw/', {
      before: (opened) =>
        opened.route(/turbopack-worker/, async (route) => {
          const response = await route.fetch();
          // The first message opens it; every drawing ends it.
          const fatal = `let asked = 0; addEventListener('message', () => { if (++asked > 1) throw new Error('out of memory'); });`;
          await route.fulfill({ response, body: `${fatal}${await response.text()}` });
        }),
    });
    await page.getByRole('alert').filter({ hasText: 'stopped twice' }).waitFor();
    await page.getByRole('application').focus();
    await page.keyboard.press('Space');
    for (const key of ['ArrowRight', 'ArrowDown', 'ArrowRight']) await page.keyboard.press(key);
    await page.keyboard.press('Space');
    await expect.poll(() => page.locator('.paper [data-by=hand]').count(), PATIENT).toBe(1);
    expect(await axe()).toEqual([]);
    const drawn = await page.locator('.paper [data-by=hand]').getAttribute('d');
    await page.unroute(/turbopack-worker/);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('.futures-added').first().waitFor();
    expect(await page.locator('.paper [data-by=hand]').getAttribute('d')).toBe(drawn);
    await close();
  });

  test.for([
    ['denied', (page: Page) => page.addInitScript(DENY)],
    ['full', (page: Page) => fill(page)],
  ] as const)('with storage %s everything is drawn, and the visitor is told to take it along', async ([, before]) => {
    const { page, complaints, axe, close } = await visit('/en/draw/', { before });
    await page.locator('.futures-added').first().waitFor();
    await page.locator('.futures li button').first().click();
    await expect.poll(() => page.locator('.paper [data-by=model]').count(), PATIENT).toBeGreaterThan(0);
    await page.getByText('does not let the page keep your drawing').waitFor();
    expect(await page.locator('.badge').getAttribute('data-state')).toBe('ready');
    expect(await axe()).toEqual([]);
    expect(complaints).toEqual([]);
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

/** As in a browser that lets no page keep anything. */
const DENY = `for (const name of ['localStorage', 'sessionStorage', 'caches', 'indexedDB'])
  Object.defineProperty(window, name, { get() { throw new DOMException('denied', 'SecurityError'); } });`;

/** Leaves no byte: neither in local storage, which has a limit of its own, nor for the cache. */
async function fill(page: Page): Promise<void> {
  await page.addInitScript(`for (let size = 5 * 2 ** 20; size > 0; size = Math.floor(size / 2))
    try { for (let i = 0; ; i++) localStorage.setItem('filler ' + size + ' ' + i, 'x'.repeat(size)); } catch {}`);
  const session = await page.context().newCDPSession(page);
  page.on('framenavigated', (frame) => {
    if (frame !== page.mainFrame() || !frame.url().startsWith('http')) return;
    const { origin } = new URL(frame.url());
    void session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
  });
}

/** Ends the page's workers by an error that nobody catches. */
async function crash(page: Page): Promise<void> {
  for (const worker of page.workers()) {
    await worker.evaluate(`setTimeout(() => { throw new Error('out of memory'); })`);
  }
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
