import { expect, test } from 'vitest';
import { type Gallery, PATIENT } from './visit.ts';

/** Between four drawings. */
export function testMorph(visit: Gallery['visit']): void {
  test('every place is a drawing of its own, and the address leads back to it', async () => {
    const { page, complaints, axe, close } = await visit('/en/morph/');
    const here = page.locator('.morph-here .picture');
    await here.waitFor();
    await page.locator('.morph-field .picture').nth(24).waitFor({ state: 'attached' });
    const first = await here.innerHTML();
    const seal = page.getByRole('slider');
    await seal.focus();
    for (let i = 0; i < 12; i++) await seal.press('ArrowRight');
    await page.waitForURL(/x=0\.98/);
    await expect.poll(() => here.innerHTML(), PATIENT).not.toBe(first);
    expect(await axe()).toEqual([]);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as SVG' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('morph.svg');
    expect(complaints).toEqual([]);
    const there = await here.innerHTML();
    await page.reload();
    await here.waitFor();
    await expect.poll(() => here.innerHTML(), PATIENT).toBe(there);
    await close();
  });

  test('is dragged, and a corner is given another class', async () => {
    const { page, complaints, close } = await visit('/en/morph/');
    await page.locator('.morph-here .picture').waitFor();
    const pad = page.locator('.morph-pad');
    const box = await pad.boundingBox();
    if (!box) throw new Error('expected a pad on the page');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 2, box.y + box.height - 2, { steps: 10 });
    await page.mouse.up();
    await page.waitForURL(/y=(?:1\.00|0\.99)/);
    await page.getByRole('button', { name: /^Change corner 4/ }).click();
    await page.getByRole('combobox').fill('owl');
    await page.getByRole('combobox').press('Enter');
    await page.getByRole('button', { name: 'Change corner 4, now owl' }).waitFor();
    expect(new URL(page.url()).searchParams.get('of')?.split('~')[3]).toBe('owl');
    expect(complaints).toEqual([]);
    await close();
  });
}
