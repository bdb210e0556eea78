import { expect, test } from 'vitest';
import { type Gallery, PATIENT, type Visit } from './visit.ts';

const STILL = { reducedMotion: 'reduce' } as const;

/** The wall. */
export function testWall(visit: Gallery['visit']): void {
  test('draws what the address asks for, the same every time', async () => {
    const [once, again] = [await drawings('/en/?seed=77&t=0.50'), await drawings('/ja/?seed=77&t=0.50')];
    expect(once).toEqual(again);
    expect(new Set(once).size).toBe(once.length);
    expect(await drawings('/en/?seed=78&t=0.50')).not.toEqual(once);
  });

  test('goes on as long as one looks', async () => {
    const { page, close } = await visit('/en/', STILL);
    const before = await page.locator('.sheet-open').count();
    await page.locator('.sheet-end').scrollIntoViewIfNeeded();
    await expect.poll(() => page.locator('.sheet-open').count(), PATIENT).toBeGreaterThan(before);
    await close();
  });

  test('with less motion drawings are finished', async () => {
    const { page, close } = await visit('/en/', STILL);
    await page.locator('.sheet-open').first().waitFor();
    expect(await page.evaluate('document.getAnimations().length')).toBe(0);
    await close();
  });

  test('a class is chosen by keyboard, and the address remembers it', async () => {
    const { page, complaints, axe, close } = await visit('/en/', STILL);
    // Whatever the model draws well enough to open with.
    const opening = (await page.locator('h1').textContent()) ?? '';
    await page.getByRole('button', { name: new RegExp(`^${opening}`, 'i') }).press('Enter');
    const field = page.getByRole('combobox');
    expect(await axe()).toEqual([]);
    await field.fill('とり');
    await field.fill('鳥');
    await field.press('Enter');
    await page.getByRole('heading', { name: 'bird' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/en/wall/bird/');
    expect(complaints).toEqual([]);
    await close();
  });

  test('an unknown class gets another, and is told', async () => {
    const { page, close } = await visit('/en/?class=unicorn');
    await page.locator('.sheet-open').first().waitFor();
    const notice = await page.locator('.notice').textContent();
    expect(notice).toContain('“unicorn” is not among');
    expect(notice).toContain(`Here is ${await page.locator('h1').textContent()}.`);
    await close();
  });

  test('a drawing opens large, moves to the next, and goes along as a file', async () => {
    const { page, complaints, axe, close } = await visit('/en/', STILL);
    const opening = (await page.locator('h1').textContent()) ?? '';
    await page.getByRole('button', { name: 'Open drawing 3 of' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.locator('.picture-stroke').first().waitFor();
    expect(await axe()).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Open drawing 3 of' }).click();
    await dialog.getByRole('button', { name: 'The next one' }).click();
    await expect.poll(() => new URL(page.url()).searchParams.get('open'), PATIENT).toBe('3');
    for (const form of ['SVG', 'PNG', 'JSON', 'NDJSON']) {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        dialog.getByRole('button', { name: `Download as ${form}`, exact: true }).click(),
      ]);
      expect(download.suggestedFilename()).toBe(`${opening}-100003.${form.toLowerCase()}`);
    }
    expect(complaints).toEqual([]);
    await close();
  });

  test('a link opens the same points elsewhere', async () => {
    const { page, close } = await visit('/en/', {
      ...STILL,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await page.getByRole('button', { name: 'Open drawing 5 of' }).click();
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.getByText('Link copied').waitFor();
    const link = await page.evaluate<string>('navigator.clipboard.readText()');
    await close();
    const opened: string[][] = [];
    for (let i = 0; i < 2; i++) {
      const elsewhere = await visit(link, STILL);
      opened.push(await paths(elsewhere, 'dialog .picture-stroke'));
      await elsewhere.close();
    }
    expect(opened[0]?.length).toBeGreaterThan(0);
    expect(opened[0]).toEqual(opened[1]);
  });

  test.for(['#s=', '#s=AQ', '#s=%00%ff', '#s=AQH_____fw', '#s=<script>'])(
    'a broken link %s says so and shows the wall',
    async (fragment) => {
      const { page, complaints, close } = await visit(`/en/${fragment}`, STILL);
      await page.getByText('does not hold a whole drawing').waitFor();
      await page.locator('.sheet-open').first().waitFor();
      expect(complaints).toEqual([]);
      await close();
    },
  );

  /** Path data of the first sheet, in order. */
  async function drawings(path: string): Promise<string[]> {
    const opened = await visit(path, STILL);
    await opened.page.locator('.sheet-open').nth(23).waitFor({ state: 'attached' });
    const found = await opened.page
      .locator('.sheet-open')
      .evaluateAll((all) =>
        all
          .slice(0, 24)
          .map((each) =>
            (each as unknown as { innerHTML: string }).innerHTML.replaceAll(
              /<path class="picture-pencil"[^>]*>(?:<\/path>)?/g,
              '',
            ),
          ),
      );
    await opened.close();
    return found;
  }

  async function paths({ page }: Visit, selector: string): Promise<string[]> {
    await page.locator(selector).first().waitFor();
    return page
      .locator(selector)
      .evaluateAll((all) =>
        all.map((path) => (path as unknown as { getAttribute(name: string): string }).getAttribute('d')),
      );
  }
}
