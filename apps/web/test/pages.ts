import { expect, test } from 'vitest';
import type { Gallery } from './visit.ts';

const PAGES = ['', 'morph/', 'draw/', 'mirror/', 'map/', 'about/', 'wall/owl/'];

/** Every page. */
export function testPages(visit: Gallery['visit']): void {
  const visits = ['en', 'ja'].flatMap((locale) => PAGES.map((page) => `/${locale}/${page}`));

  // Where many sketches are drawn at once a browser that has WebGPU, if only in software, asks for it.
  const withGpu = ['/en/', '/ja/map/'];

  test.for([
    ...visits.map((path) => [path, 'without WebGPU', false] as const),
    ...withGpu.map((path) => [path, 'with WebGPU', true] as const),
  ])('%s %s shows a sketch, breaks no rule and leaves nobody out', async ([path, , webgpu]) => {
    const { page, complaints, axe, close } = await visit(path, { webgpu });
    await page.locator('.picture-stroke, .futures-added').first().waitFor();
    // What is under way has come: the model is there on pages that need one.
    await page.waitForLoadState('networkidle');
    expect(await page.locator('html').getAttribute('lang')).toBe(path.slice(1, 3));
    expect(await axe()).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await axe()).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });

  test.for(['ja-JP', 'en-GB', 'fr-FR'])(
    'the root leads a visitor of %s on, and keeps what the address says',
    async (locale) => {
      const { page, close } = await visit('/?class=bird', { locale });
      await page.waitForURL(/\/(?:en|ja)\//);
      const { pathname, search } = new URL(page.url());
      expect(pathname + search).toBe(`/${locale === 'ja-JP' ? 'ja' : 'en'}/?class=bird`);
      await close();
    },
  );

  test('an address that leads nowhere says so, and where to go', async () => {
    const { page, close } = await visit('/en/nowhere/');
    await page.getByRole('link', { name: 'To the wall' }).click();
    await page.waitForURL(/\/en\/$/);
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await close();
  });

  test('no link is dead', async () => {
    const { page, close } = await visit('/en/');
    const links = await page
      .locator('a[href]')
      .evaluateAll((all) => all.map((link) => (link as unknown as { href: string }).href));
    for (const link of new Set(links)) expect((await page.request.get(link)).status()).toBe(200);
    await close();
  });
}
