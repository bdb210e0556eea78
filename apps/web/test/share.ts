import { fitToSquare, type Point, type Sketch } from '@sketch-rnn/data';
import { expect, test } from 'vitest';
import { type Gallery, PATIENT, type Visit } from './visit.ts';

const LINKS = 100;

/** Links to drawings. */
export function testShare(visit: Gallery['visit']): void {
  test('a hundred links made in one browser open the same points in another', { timeout: 300_000 }, async () => {
    const from = await visit('/en/?seed=11', {
      reducedMotion: 'reduce',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await from.page.getByRole('button', { name: 'Open drawing 1 of' }).click();
    const made: { link: string; points: Sketch }[] = [];
    for (let i = 0; i < LINKS; i++) {
      await from.page.waitForURL((url) => url.searchParams.get('open') === String(i));
      await from.page.getByRole('button', { name: 'Copy link' }).click();
      await from.page.getByText('Link copied').waitFor();
      made.push({
        link: await from.page.evaluate<string>('navigator.clipboard.readText()'),
        points: await points(from),
      });
      if (i < LINKS - 1) await next(from, i + 2);
    }
    expect(new Set(made.map(({ link }) => link)).size).toBe(LINKS);
    expect(from.complaints).toEqual([]);
    await from.close();

    const to = await visit(made[0]?.link ?? '', { reducedMotion: 'reduce' });
    for (const { link, points: expected } of made) {
      // The same page with another drawing: a reload is not needed for what is in the fragment.
      await to.page.evaluate(`location.hash = ${JSON.stringify(new URL(link).hash)}`);
      await to.page.getByRole('dialog').locator('.picture-stroke').first().waitFor();
      await expect.poll(async () => distance(await points(to), expected), PATIENT).toBeLessThan(1);
    }
    expect(to.complaints).toEqual([]);
    await to.close();
  });
}

/** To the next drawing, which has to be there: the wall grows as one scrolls. */
async function next({ page }: Visit, number: number): Promise<void> {
  const dialog = page.getByRole('dialog');
  if ((await page.getByRole('button', { name: `Open drawing ${number} of`, includeHidden: true }).count()) === 0) {
    await dialog.getByRole('button', { name: 'Close' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.locator('.sheet-end').scrollIntoViewIfNeeded();
    await page.getByRole('button', { name: `Open drawing ${number} of` }).click();
    return;
  }
  await dialog.getByRole('button', { name: 'The next one' }).click();
}

/** The points of the drawing that is open, on the grid of a link: 256 x 256. */
async function points({ page }: Visit): Promise<Sketch> {
  const paths = await page
    .getByRole('dialog')
    .locator('.picture-stroke')
    .evaluateAll((all) =>
      all.map((path) => (path as unknown as { getAttribute(name: string): string }).getAttribute('d')),
    );
  const sketch = paths.map((d) =>
    d
      .replace(/h0$/, '')
      .split(/[ML ]/)
      .filter((text) => text !== '')
      .map(Number),
  );
  return fitToSquare(
    sketch.map((numbers) =>
      Array.from({ length: numbers.length / 2 }, (_, i): Point => [
        numbers[2 * i] as number,
        numbers[2 * i + 1] as number,
      ]),
    ),
    255,
  );
}

/** The most that a point of one is from that of the other, cells of the grid; infinite where they are not the same points. */
function distance(found: Sketch, expected: Sketch): number {
  if (JSON.stringify(found.map((stroke) => stroke.length)) !== JSON.stringify(expected.map((stroke) => stroke.length)))
    return Infinity;
  return Math.max(
    ...found.flatMap((stroke, i) =>
      stroke.map(([x, y], j) =>
        Math.max(Math.abs(x - (expected[i]?.[j]?.[0] ?? 0)), Math.abs(y - (expected[i]?.[j]?.[1] ?? 0))),
      ),
    ),
  );
}
