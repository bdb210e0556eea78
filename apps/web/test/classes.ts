import sharp from 'sharp';
import { expect, test } from 'vitest';
import type { Gallery } from './visit.ts';

const STILL = { reducedMotion: 'reduce' } as const;

/** The page of a class. */
export function testClasses(visit: Gallery['visit']): void {
  test.for([
    ['/en/wall/owl/', 'owl', 'Drawings of owl'],
    ['/ja/wall/owl/', 'フクロウ', 'フクロウの絵'],
  ] as const)('%s shows its wall, and a picture of it where it is linked to', async ([path, name, alt]) => {
    const { page, complaints, close } = await visit(path, STILL);
    expect(await page.locator('h1').textContent()).toBe(name);
    expect(await page.title()).toBe(`${name} · Sketch-RNN`);
    await page.locator('.sheet-open').nth(23).waitFor({ state: 'attached' });
    const meta = (property: string): Promise<string | null> =>
      page.locator(`meta[property="og:${property}"]`).getAttribute('content');
    expect(await meta('image:alt')).toBe(alt);
    const picture = await page.request.get(new URL(new URL((await meta('image')) ?? '').pathname, page.url()).href);
    const { width, height, format } = await sharp(await picture.body()).metadata();
    expect([format, width, height]).toEqual([
      'png',
      Number(await meta('image:width')),
      Number(await meta('image:height')),
    ]);
    expect(complaints).toEqual([]);
    await close();
  });

  test('another class is another address, without a page being loaded, and back is back', async () => {
    const { page, complaints, close } = await visit('/en/wall/owl/?t=0.50', STILL);
    let loads = 0;
    page.on('request', (request) => (loads += request.isNavigationRequest() ? 1 : 0));
    await page.getByRole('button', { name: /^owl/ }).click();
    await page.getByRole('combobox').fill('bear');
    await page.getByRole('combobox').press('Enter');
    await page.getByRole('heading', { name: 'bear' }).waitFor();
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/en/wall/bear/?t=0.50');
    expect(await page.title()).toBe('bear · Sketch-RNN');
    await page.goBack();
    await page.getByRole('heading', { name: 'owl' }).waitFor();
    expect(loads).toBe(0);
    await page.getByRole('link', { name: 'About' }).click();
    await page.getByRole('heading', { name: 'About' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'owl' }).waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  test('a class that is no longer known leads to the wall, with the drawing that the link holds', async () => {
    const { page, close } = await visit('/ja/wall/unicorn/#s=AQMAABQUKCg', STILL);
    await page.waitForURL(/\/ja\/\?class=unicorn#s=AQMAABQUKCg/);
    await page.getByRole('dialog').locator('.picture-stroke').first().waitFor();
    expect(await page.locator('.notice').textContent()).toContain('unicorn');
    await close();
  });
}
