import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { type Gallery, PATIENT } from './visit.ts';

const STILL = { reducedMotion: 'reduce' } as const;

/** The landscape of a class. */
export function testMap(visit: Gallery['visit']): void {
  test('is there before the model is, and without it', async () => {
    const { page, close } = await visit('/en/map/', {
      before: (opened) => opened.route('**/model/*', (route) => route.abort()),
    });
    await page.getByRole('alert').filter({ hasText: 'could not be fetched' }).waitFor();
    const drawn = page.locator('.spot[aria-disabled=false]');
    await drawn.first().waitFor();
    expect(await drawn.count()).toBe(await page.locator('.spot').count());
    await close();
  });

  test('goes closer to where new drawings lie between those that were there', async () => {
    const { page, complaints, axe, close } = await visit('/en/map/', STILL);
    const middle = await drawing(page, '0_0');
    await page.getByRole('button', { name: 'Closer' }).click();
    await page.getByRole('button', { name: 'Closer' }).click();
    await drawing(page, '4_0');
    expect(await drawing(page, '0_0')).toBe(middle);
    expect(await axe()).toEqual([]);
    await page.getByRole('button', { name: 'Farther' }).click();
    await page.getByRole('button', { name: 'Farther' }).click();
    await page.locator('[data-square="4_0"]').waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
    await close();
  });

  test('is dragged, and opens by a click but not by a drag', async () => {
    const { page, close } = await visit('/en/map/', STILL);
    await drawing(page, '0_0');
    await page.getByRole('button', { name: 'Closer' }).click();
    await drawing(page, '0_0');
    const spot = page.locator('[data-square="0_0"]');
    const before = await spot.boundingBox();
    if (!before) throw new Error('expected the middle of the landscape on the screen');
    const [x, y] = [before.x + before.width / 2, before.y + before.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x - 60, y - 40, { steps: 5 });
    await page.mouse.up();
    await expect.poll(async () => (await spot.boundingBox())?.x, PATIENT).toBeCloseTo(before.x - 60, 0);
    expect(await page.getByRole('dialog').count()).toBe(0);
    await spot.click();
    await page.getByRole('dialog').locator('.picture-stroke').first().waitFor();
    expect(new URL(page.url()).searchParams.get('open')).toBe('0_0');
    await close();
  });

  test('is walked by keyboard: arrows, closer, open, back', async () => {
    const { page, axe, close } = await visit('/en/map/', STILL);
    await drawing(page, '16_0');
    await page.locator('.spot[tabindex="0"]').focus();
    await page.keyboard.press('ArrowRight');
    await focusOn(page, '16_0');
    await page.keyboard.press('ArrowDown');
    await focusOn(page, '16_16');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.locator('.picture-stroke').first().waitFor();
    expect(await axe()).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await focusOn(page, '16_16');
    await page.keyboard.press('Home');
    await focusOn(page, '0_0');
    await close();
  });

  test('a path is taken between two drawings, and the address leads back to it', async () => {
    const { page, complaints, axe, close } = await visit('/en/map/', STILL);
    const [from, to] = [await drawing(page, '-16_0'), await drawing(page, '16_16')];
    await page.getByRole('button', { name: 'Path', exact: true }).click();
    await page.getByText('Where shall the path begin?').waitFor();
    await page.locator('[data-square="-16_0"]').click();
    await page.getByText('And where shall it end?').waitFor();
    await page.locator('[data-square="16_16"]').click();
    const strip = page.locator('.map-strip .picture');
    await expect.poll(() => strip.count(), PATIENT).toBe(9);
    expect(await axe()).toEqual([]);
    const stations = await strip.evaluateAll((all) =>
      all.map((each) => (each as unknown as { innerHTML: string }).innerHTML),
    );
    // The same drawings as on the map; those of the build are on a coarser grid, and so told apart by their strokes alone.
    expect([stations[0], stations[8]].map(strokesOf)).toEqual([from, to].map(strokesOf));
    const again = await visit(page.url(), STILL);
    await expect.poll(() => again.page.locator('.map-strip .picture').count(), PATIENT).toBe(9);
    expect(await again.page.locator('.map-strip .picture').nth(4).innerHTML()).toBe(stations[4]);
    expect([...complaints, ...again.complaints]).toEqual([]);
    await again.close();
    await close();
  });

  test('of another class is surveyed here, the same in either language', async () => {
    const maps: string[] = [];
    for (const path of ['/en/map/?class=owl', '/ja/map/?class=owl']) {
      const { page, complaints, close } = await visit(path, STILL);
      maps.push(await drawing(page, '0_0'));
      expect(complaints).toEqual([]);
      await close();
    }
    expect(maps[0]).toBe(maps[1]);
  });
}

/** The strokes of a square, as soon as they are there. */
async function drawing(page: Page, square: string): Promise<string> {
  const spot = page.locator(`[data-square="${square}"][aria-disabled=false]`);
  await spot.waitFor();
  return spot.innerHTML();
}

function strokesOf(markup: string | undefined): number {
  return [...(markup ?? '').matchAll(/class="picture-stroke/g)].length;
}

async function focusOn(page: Page, square: string): Promise<void> {
  await page.locator(`[data-square="${square}"]:focus`).waitFor();
}
