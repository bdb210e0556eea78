import { fitToSquare, fromStroke3, type Point, readFormat } from '@sketch-rnn/data';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
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

  test(
    'what it is is guessed, where the pen may go is shown, and a stroke of a future is taken',
    { timeout: 120_000 },
    async () => {
      const { page, complaints, axe, close } = await visit('/en/draw/?class=owl');
      await drawArc(page);
      await page.getByLabel('Show where the pen may go').check();
      await page.getByText(/^Then: draws on \d+%/).waitFor();
      expect(await page.locator('.paper-clouds ellipse').count()).toBeGreaterThan(1);
      const told = await page.locator('.views-pen').textContent();
      const shares = [...(told ?? '').matchAll(/(\d+)%/g)].map(([, share]) => Number(share));
      // Each is rounded by itself.
      expect(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 100)).toBeLessThan(2);

      await page.getByLabel('Guess what it is').check();
      const guesses = page.locator('.views-guesses button');
      await guesses.nth(2).waitFor();
      const [first, second] = await guesses.allTextContents();
      const named = (text: string | undefined): string => (text ?? '').replace(/\d+%$/, '');
      expect(await page.locator('.draw-class').textContent()).toContain(named(first));
      expect(await axe()).toEqual([]);
      await guesses.nth(1).click();
      await page.waitForURL((url) => url.searchParams.get('class') === named(second));
      expect(await page.getByLabel('Guess what it is').isChecked()).toBe(false);

      await page.locator('.futures-stroke').first().click();
      await expect.poll(() => page.locator('.paper [data-by=model]').count(), PATIENT).toBe(1);
      expect(complaints).toEqual([]);
      await close();
    },
  );

  test('a pen that is pressed harder draws a wider line, after a reload too', async () => {
    const { page, close } = await visit('/en/draw/');
    const box = await page.locator('.paper').boundingBox();
    if (!box) throw new Error('expected a paper on the page');
    const pen = await page.context().newCDPSession(page);
    for (const [line, force] of [0.1, 1].entries()) {
      const event = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', share: number) =>
        pen.send('Input.dispatchMouseEvent', {
          type,
          x: box.x + box.width * share,
          y: box.y + box.height * (0.3 + 0.3 * line),
          button: 'left',
          buttons: 1,
          clickCount: 1,
          force,
          pointerType: 'pen',
        });
      await event('mousePressed', 0.2);
      for (let share = 0.25; share < 0.8; share += 0.05) await event('mouseMoved', share);
      await event('mouseReleased', 0.8);
    }
    const heights = (): Promise<number[]> =>
      page
        .locator('.paper [data-ink]')
        .evaluateAll((all) =>
          all.map((path) => (path as unknown as { getBBox(): { height: number } }).getBBox().height),
        );
    await expect.poll(async () => (await heights()).length, PATIENT).toBe(2);
    const [light, firm] = (await heights()) as [number, number];
    expect(firm).toBeGreaterThan(2 * light);
    await page.reload();
    await expect.poll(heights, PATIENT).toEqual([light, firm]);
    await close();
  });

  test('goes along in every form, each of them the drawing', async () => {
    const { page, complaints, close } = await visit('/en/draw/?class=owl', {
      before: (opened) =>
        opened.addInitScript(`localStorage.setItem('drawing', ${JSON.stringify(JSON.stringify(KEPT))})`),
    });
    const taken: Record<string, Buffer> = {};
    for (const form of ['SVG', 'PNG', 'JSON', 'NDJSON']) {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: `Download as ${form}`, exact: true }).click(),
      ]);
      expect(download.suggestedFilename()).toBe(`owl.${form.toLowerCase()}`);
      taken[form] = await readFile(await download.path());
    }
    const strokes = KEPT.map(({ stroke }) => stroke);
    expect(JSON.parse(String(taken['JSON']))).toMatchObject({ format: 'sketch', version: 1, class: 'owl', strokes });
    const expected = strokes.flat().map(([x, y]): Point => [x - 40, y - 30]);
    for (const form of ['NDJSON', 'SVG'] as const) {
      const read = readFormat(chunks(taken[form]), form === 'SVG' ? 'svg' : 'ndjson', { where: form, simplify: false });
      const drawings = [];
      for await (const drawing of read) drawings.push(drawing);
      expect(drawings).toHaveLength(1);
      const points = fitToSquare(fromStroke3(drawings[0]?.stroke3 ?? new Float32Array()), 180).flat();
      expect(points).toHaveLength(expected.length);
      for (const [i, [x, y]] of expected.entries()) {
        expect(Math.hypot((points[i]?.[0] as number) - x, (points[i]?.[1] as number) - y)).toBeLessThan(0.5);
      }
    }
    await page.getByRole('button', { name: 'Clear' }).click();
    await drawArc(page);
    const all = page.getByRole('button', { name: 'All 2 drawings as NDJSON' });
    const [pile] = await Promise.all([page.waitForEvent('download'), all.click()]);
    expect(pile.suggestedFilename()).toBe('drawings.ndjson');
    const drawings = [];
    const lines = readFormat(chunks(await readFile(await pile.path())), 'ndjson', { where: 'pile', simplify: false });
    for await (const drawing of lines) drawings.push(drawing);
    expect(drawings.map(({ className }) => className)).toEqual(['owl', 'owl']);
    expect(fromStroke3(drawings[0]?.stroke3 ?? new Float32Array())).toHaveLength(KEPT.length);
    // Taking the clearing back takes the drawing from the pile: it is on the paper again.
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await all.waitFor({ state: 'hidden' });

    const { dominant, channels } = await sharp(taken['PNG']).stats();
    expect(dominant.r).toBeGreaterThan(200);
    expect(channels[0]?.min).toBeLessThan(60);
    expect(complaints).toEqual([]);
    await close();
  });

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

/** A drawing that is kept: its longer side is 180, its corner at 40, 30. */
const KEPT: { readonly stroke: readonly (readonly [number, number])[]; readonly by: 'hand' }[] = [
  { stroke: [[40, 30], [220, 30], [220, 130]], by: 'hand' }, // prettier-ignore
  { stroke: [[60, 60], [90, 140]], by: 'hand' }, // prettier-ignore
];

async function* chunks(bytes: Buffer | undefined): AsyncGenerator<Uint8Array> {
  if (bytes) yield bytes;
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
