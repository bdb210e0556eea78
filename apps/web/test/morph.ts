import sharp from 'sharp';
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
    await page.getByRole('button', { name: /^Class:/ }).click();
    const field = page.getByRole('combobox', { name: /^Search/ });
    await field.fill('owl');
    await field.press('Enter');
    await page.getByRole('button', { name: 'Take drawing 1 of owl' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Change corner 4, now owl' }).waitFor();
    expect(new URL(page.url()).searchParams.get('of')?.split('~')[3]).toBe('owl');
    expect(complaints).toEqual([]);
    await close();
  });

  test(
    'corners are taken from the wall and drawn by keyboard; the link holds them, and a film goes along',
    { timeout: 120_000 },
    async () => {
      const { page, complaints, axe, close } = await visit('/en/morph/');
      const first = page.locator('.morph-field .picture').first();
      await page.locator('.morph-field .picture').nth(24).waitFor({ state: 'attached' });
      const before = await first.innerHTML();
      await page.getByRole('button', { name: /^Change corner 1/ }).press('Enter');
      await page.getByRole('button', { name: /^Take drawing 3 of/ }).waitFor();
      expect(await axe()).toEqual([]);
      await page.getByRole('application').focus();
      await page.keyboard.press('Space');
      for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowDown', 'ArrowLeft'])
        await page.keyboard.press(key);
      await page.keyboard.press('Space');
      await page.getByRole('button', { name: 'Take mine' }).press('Enter');
      await expect.poll(() => first.innerHTML(), PATIENT).not.toBe(before);
      await page.getByRole('button', { name: /^Change corner 2/ }).press('Enter');
      await page.getByRole('button', { name: /^Take drawing 3 of/ }).press('Enter');
      await expect.poll(() => new URLSearchParams(new URL(page.url()).hash.slice(1)).get('2'), PATIENT).toBeTruthy();

      await page.getByLabel('Way of the strip').selectOption('From corner 1 to corner 2');
      await page.getByRole('img', { name: 'Picture 9 of the strip' }).waitFor();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Save as GIF' }).click(),
      ]);
      expect(download.suggestedFilename()).toBe('morph.gif');
      const gif = await sharp(await download.path(), { animated: true }).metadata();
      // 25 there, and back without the ends.
      expect([gif.pages, gif.loop, gif.width, gif.pageHeight]).toEqual([48, 0, 400, 400]);
      expect([gif.delay?.[0], gif.delay?.[1], gif.delay?.[24]]).toEqual([700, 90, 700]);
      const [ink] = (await sharp(await download.path(), { page: 12 }).stats()).channels;
      expect(ink?.min).toBeLessThan(80);
      expect(ink?.mean).toBeGreaterThan(200);

      await expect.poll(() => page.locator('.strip-film .picture').count(), PATIENT).toBe(9);
      const strip = await page.locator('.strip-film').innerHTML();
      const link = page.url();
      expect(complaints).toEqual([]);
      await close();
      const elsewhere = await visit(link);
      await elsewhere.page.getByLabel('Way of the strip').selectOption('From corner 1 to corner 2');
      await expect.poll(() => elsewhere.page.locator('.strip-film').innerHTML(), PATIENT).toBe(strip);
      await elsewhere.close();
    },
  );

  test('wanders by itself until it rests', async () => {
    const { page, complaints, close } = await visit('/en/morph/');
    await page.locator('.morph-here .picture').waitFor();
    const seal = page.getByRole('slider');
    const place = (): Promise<string | null> => seal.getAttribute('aria-valuetext');
    await page.getByRole('button', { name: 'Wander' }).press('Enter');
    const places = new Set<string | null>();
    await expect.poll(async () => places.add(await place()).size, PATIENT).toBeGreaterThan(3);
    await page.getByRole('button', { name: 'Rest' }).press('Enter');
    // The place is written down when it rests.
    await page.waitForURL(/x=/);
    const rested = await place();
    await page.reload();
    await expect.poll(place, PATIENT).toBe(rested);
    expect(complaints).toEqual([]);
    await close();
  });

  test('a link with a corner that was cut short says so, and the model draws it', async () => {
    const { page, complaints, close } = await visit('/en/morph/#1=AQEB&2=%3Cscript%3E');
    await page.getByRole('alert').filter({ hasText: 'cut short or changed' }).waitFor();
    await page.locator('.morph-here .picture').waitFor();
    expect(complaints).toEqual([]);
    await close();
  });
}
