import { expect, test } from 'vitest';
import { type Gallery, PATIENT } from './visit.ts';

/** How the model understands a drawing. */
export function testMirror(visit: Gallery['visit']): void {
  test('an example is mirrored, then what the visitor draws', async () => {
    const { page, complaints, axe, close } = await visit('/en/mirror/');
    const row = page.locator('.mirror-row').first();
    await row.locator('.picture').nth(5).waitFor();
    const example = await row.innerHTML();
    const box = await page.locator('.paper').boundingBox();
    if (!box) throw new Error('expected a paper on the page');
    await page.mouse.move(box.x + 60, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x + 200, box.y + 60, { steps: 5 });
    await page.mouse.move(box.x + 130, box.y + 180, { steps: 5 });
    await page.mouse.up();
    await page.getByText('Your drawing never leaves').waitFor();
    expect(await page.locator('.paper [data-by=model]').count()).toBe(0);
    await expect.poll(() => row.innerHTML(), PATIENT).not.toBe(example);
    expect(await axe()).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });
}
