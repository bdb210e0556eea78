import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { type Gallery, PATIENT } from './visit.ts';

/** Drawing with the model. */
export function testDraw(visit: Gallery['visit']): void {
  test(
    'a stroke brings futures; one is taken, undone, redone, and is there after a reload',
    { timeout: 60_000 },
    async () => {
      const { page, complaints, axe, close } = await visit('/en/draw/');
      const strokes = page.locator('.paper [data-by]');
      await drawArc(page);
      await page.getByRole('button', { name: 'Take future 1' }).waitFor();
      expect(await strokes.count()).toBe(1);
      expect(await axe()).toEqual([]);
      await page.getByRole('button', { name: 'Take future 1' }).click();
      await expect.poll(() => page.locator('.paper [data-by=model]').count(), PATIENT).toBeGreaterThan(0);
      const taken = await strokes.count();
      await page.keyboard.press('Control+z');
      await expect.poll(() => strokes.count(), PATIENT).toBe(1);
      await page.getByRole('button', { name: 'Redo' }).click();
      await expect.poll(() => strokes.count(), PATIENT).toBe(taken);
      const before = await page.locator('.paper').innerHTML();
      await page.reload();
      await expect.poll(() => strokes.count(), PATIENT).toBe(taken);
      expect(pathsOf(await page.locator('.paper').innerHTML())).toEqual(pathsOf(before));
      expect(complaints).toEqual([]);
      await close();
    },
  );

  test('is done by keyboard alone', async () => {
    const { page, close } = await visit('/en/draw/');
    await page.getByRole('application').focus();
    await page.keyboard.press('Space');
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowDown', 'ArrowLeft'])
      await page.keyboard.press(key);
    await page.keyboard.press('Space');
    await expect.poll(() => page.locator('.paper [data-by=hand]').count(), PATIENT).toBe(1);
    await page.getByRole('button', { name: 'Take future 1' }).waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.paper [data-by=model]').count(), PATIENT).toBeGreaterThan(0);
    await close();
  });

  test.for(['{', '[{"stroke":[["a",1]],"by":"hand"}]', '[{"stroke":[],"by":"hand"}]', 'null'])(
    'what is kept and cannot be read (%s) is an empty paper',
    async (stored) => {
      const { page, complaints, close } = await visit('/en/draw/', {
        before: (opened) => opened.addInitScript(`localStorage.setItem('drawing', ${JSON.stringify(stored)})`),
      });
      await page.getByText('Draw a stroke, or begin with one of these').waitFor();
      expect(await page.locator('.paper [data-by]').count()).toBe(0);
      expect(complaints).toEqual([]);
      await close();
    },
  );
}

/** Draws an arc by mouse. */
async function drawArc(page: Page): Promise<void> {
  const box = await page.locator('.paper').boundingBox();
  if (!box) throw new Error('expected a paper on the page');
  const at = (angle: number): [number, number] => [
    box.x + box.width * (0.5 + 0.25 * Math.cos(angle)),
    box.y + box.height * (0.4 + 0.2 * Math.sin(angle)),
  ];
  await page.mouse.move(...at(0));
  await page.mouse.down();
  for (let angle = 0.2; angle < 5; angle += 0.2) await page.mouse.move(...at(angle));
  await page.mouse.up();
}

function pathsOf(markup: string): string[] {
  return [...markup.matchAll(/<path class="picture-stroke"[^>]* d="([^"]*)"/g)].map(([, d = '']) => d);
}
