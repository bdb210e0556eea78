import { expect, test } from 'vitest';
import type { Gallery } from './visit.ts';

const ATTACK = '"><img src=x onerror=alert(1)><script>alert(1)</script>';

/** Addresses that somebody made up. */
const HOSTILE = [
  ['numbers out of all bounds', `/en/?class=${encodeURIComponent(ATTACK)}&seed=-1&t=1e999&open=999999999999`],
  ['markup for a drawing', `/en/?class=__proto__#s=${encodeURIComponent(ATTACK)}&m=${encodeURIComponent(ATTACK)}`],
  ['markup for a seed', `/ja/#s=AQH_____fw&seed=${encodeURIComponent(ATTACK)}`],
  ['a stroke that claims two million points', '/en/#s=Af__fwAA'],
  ['a drawing of a hundred thousand letters', `/en/#s=${'A'.repeat(100_000)}`],
  ['corners of no class', `/en/morph/?of=constructor~${encodeURIComponent(ATTACK)}~~&x=NaN&y=-5&seed=9e9`],
  ['a method for a class', '/en/draw/?class=toString&t=Infinity'],
  ['markup for a class', `/ja/mirror/?class=${encodeURIComponent(ATTACK)}`],
] as const;

/** When a link is not what it seems. */
export function testHostile(visit: Gallery['visit']): void {
  test.for(HOSTILE)('with %s the page shows drawings and runs nothing', async ([, path]) => {
    const { page, complaints, close } = await visit(path, { reducedMotion: 'reduce' });
    let asked = false;
    page.on('dialog', (dialog) => {
      asked = true;
      void dialog.dismiss();
    });
    await page.locator('.picture-stroke, .futures-added').first().waitFor();
    await page.locator('.badge[data-state=ready]').waitFor();
    expect(await page.locator('img').count()).toBe(0);
    expect(asked).toBe(false);
    expect(complaints).toEqual([]);
    await close();
  });
}
