/** Sketches on the wall that are waited for. */
const WALL = 32;

/** Places that the seal of a morph is dragged to. */
const DRAGS = 40;

/**
 * Milliseconds from a visit, with the model on the device, to 32 sketches on the wall; and from a drag of the morph's seal to its drawing,
 * median.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {string} address of the gallery
 */
export async function measureSpeed(browser, address) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 1800 }, reducedMotion: 'reduce' });
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  await page.addInitScript(`new MutationObserver(() => {
    if (document.querySelectorAll('.sheet-open .picture').length >= ${WALL}) window.wallAt ??= performance.now();
  }).observe(document, { childList: true, subtree: true })`);
  await page.goto(new URL('/en/?seed=5', address).href);
  await page.locator('.badge[data-state=ready]').waitFor();
  // Another sheet than the one that is there.
  await page.goto(new URL('/en/?seed=6', address).href);
  await page.locator('.sheet-open .picture').nth(WALL).waitFor({ state: 'attached' });
  const wall = Number(await page.evaluate('window.wallAt'));

  await page.goto(new URL('/en/morph/', address).href);
  await page.locator('.morph-field .picture').nth(24).waitFor({ state: 'attached' });
  await page.evaluate(`
    window.frames = [];
    let moved;
    document.querySelector('.morph-pad').addEventListener('pointermove', () => { moved ??= performance.now(); }, true);
    new MutationObserver(() => {
      if (moved === undefined) return;
      window.frames.push(performance.now() - moved);
      moved = undefined;
    }).observe(document.querySelector('.morph-here'), { attributes: true, childList: true, subtree: true })`);
  const box = await page.locator('.morph-pad').boundingBox();
  if (!box) throw new Error('morph: expected a pad, got none');
  const at = (/** @type {number} */ share) =>
    /** @type {const} */ ([box.x + box.width * share, box.y + box.height * (1 - share)]);
  await page.mouse.move(...at(0.05));
  await page.mouse.down();
  for (let i = 1; i <= DRAGS; i++) {
    await page.mouse.move(...at(0.05 + (0.9 * i) / DRAGS));
    await page.locator('.morph-here .picture').waitFor();
    await page.waitForTimeout(120);
  }
  await page.mouse.up();
  /** @type {number[]} */
  const frames = await page.evaluate('window.frames');
  await context.close();
  return { wallOf32: Math.round(wall), morphFrame: Math.round(median(frames)) };
}

/** @param {readonly number[]} values */
export function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
