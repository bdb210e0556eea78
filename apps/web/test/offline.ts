import { expect, test } from 'vitest';
import type { Gallery } from './visit.ts';

/** After the first visit. */
export function testOffline(visit: Gallery['visit']): void {
  test('every page opens and draws, those not visited before as well', async () => {
    const { page, close } = await visit('/en/', { serviceWorkers: 'allow', reducedMotion: 'reduce' });
    await page.locator('.badge[data-state=ready]').waitFor();
    // Active only when every file is kept.
    await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
    await page.context().setOffline(true);
    for (const [path, drawing] of [
      ['/en/?seed=9', '.sheet-open'],
      ['/ja/draw/', '.futures-added'],
      ['/en/mirror/', '.mirror-row .picture'],
      ['/ja/map/', '.spot'],
      ['/en/wall/owl/', '.sheet-open'],
    ] as const) {
      await page.goto(new URL(path, page.url()).href);
      await page.locator(drawing).first().waitFor();
      await page.locator('.badge[data-state=ready]').waitFor();
    }
    // Its page is not kept: the wall shows the class.
    expect(await page.locator('h1').textContent()).toBe('owl');
    await close();
  });
}
