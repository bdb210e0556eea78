import type { Page } from 'playwright-core';
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

  test('a file is mirrored, drawn on by keyboard, and is there after a reload', { timeout: 120_000 }, async () => {
    const { page, complaints, axe, close } = await visit('/en/mirror/?class=owl');
    const [row, others] = [page.locator('.mirror-row').first(), page.locator('.mirror-row').nth(1)];
    await row.locator('.picture').nth(5).waitFor();
    const example = await row.innerHTML();
    await upload(page, 'mine.svg', svg('<circle cx="50" cy="50" r="40"/><path d="M30 40h9M60 40h9"/>'));
    await expect.poll(() => page.locator('.paper [data-by=hand]').count(), PATIENT).toBe(3);
    await expect.poll(() => row.innerHTML(), PATIENT).not.toBe(example);

    await page.getByRole('application').focus();
    await page.keyboard.press('Space');
    for (const key of ['ArrowRight', 'ArrowDown', 'ArrowRight']) await page.keyboard.press(key);
    await page.keyboard.press('Space');
    await expect.poll(() => page.locator('.paper [data-by=hand]').count(), PATIENT).toBe(4);
    await page.keyboard.press('Control+z');
    await expect.poll(() => page.locator('.paper [data-by=hand]').count(), PATIENT).toBe(3);

    const names = await others.locator('li').allTextContents();
    await page.getByRole('button', { name: 'Others' }).press('Enter');
    await expect.poll(() => others.locator('li').allTextContents(), PATIENT).not.toEqual(names);
    await others.locator('.picture').nth(5).waitFor();
    expect(await axe()).toEqual([]);
    expect(complaints).toEqual([]);
    await page.reload();
    await expect.poll(() => page.locator('.paper [data-by=hand]').count(), PATIENT).toBe(3);
    await close();
  });

  test('files with scripts, entities or no drawing are refused in the visitor’s language', async () => {
    for (const [path, script, declaration, none] of [
      ['/en/mirror/', 'holds scripts', 'declares entities', 'No drawing could be read'],
      ['/ja/mirror/', 'スクリプトが入っています', 'エンティティの宣言があります', '絵を読み取れませんでした'],
    ] as const) {
      const { page, complaints, axe, close } = await visit(path);
      const entity = '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>';
      for (const [name, content, message] of [
        ['a.svg', svg('<script>window.stolen = 1</script><path d="M0 0h9"/>'), script],
        ['b.svg', entity + svg('<text>&x;</text>'), declaration],
        ['c.svg', svg('<path d="M0'), none],
        ['d.json', '{"format":"sketch","version":9}', none],
      ] as const) {
        await upload(page, name, content);
        await page.locator('.upload [role=alert]').filter({ hasText: message }).waitFor();
        expect(await page.locator('.upload code').textContent()).toContain(`${name}: expected`);
      }
      expect(await axe()).toEqual([]);
      expect(await page.evaluate('window.stolen')).toBeUndefined();
      expect(await page.locator('.paper [data-by=hand]').count()).toBe(0);
      expect(complaints).toEqual([]);
      await close();
    }
  });
}

function svg(inside: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">${inside}</svg>`;
}

async function upload(page: Page, name: string, content: string): Promise<void> {
  await page.locator('.upload input').setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(content) });
}
