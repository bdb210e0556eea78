/**
 * `node figures/screenshots.mjs [--to folder] [--only map] [--docs]`: every page of the built gallery as it looks on a phone, a tablet and a
 * desk, by day and by night. With --docs the chosen few go to docs/gallery, small.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { web } from '../build/paths.mjs';
import { serve } from '../build/server.mjs';
import { launch } from './browser.mjs';

const { values } = parseArgs({
  options: {
    to: { type: 'string', default: join(web, '.screenshots') },
    only: { type: 'string', default: '' },
    docs: { type: 'boolean', default: false },
  },
});

/** Widths and heights, px. */
const SCREENS = /** @type {const} */ ([
  [390, 844],
  [820, 1180],
  [1440, 900],
]);

/**
 * `shows`: what has to be there, and how many of it.
 *
 * @typedef {{ name: string, path: string, shows?: [selector: string, count: number], prepare?: (page: import('playwright-core').Page) => Promise<unknown> }} Shot
 */

/** @type {readonly Shot[]} */
const SHOTS = [
  { name: 'wall', path: '/en/', shows: ['.sheet-open .picture', 24] },
  { name: 'wall-ja', path: '/ja/wall/owl/', shows: ['.sheet-open .picture', 24] },
  {
    name: 'open',
    path: '/en/?open=2',
    prepare: (page) => page.getByRole('dialog').locator('.picture-stroke').first().waitFor(),
  },
  {
    name: 'picker-ja',
    path: '/ja/',
    prepare: (page) => page.locator('.tools-class').click(),
  },
  { name: 'morph', path: '/en/morph/', shows: ['.morph-field .picture', 25] },
  { name: 'draw', path: '/en/draw/?class=owl', shows: ['.futures-added', 4] },
  { name: 'mirror', path: '/ja/mirror/', shows: ['.mirror-row .picture', 9] },
  { name: 'map', path: '/en/map/', prepare: (page) => seen(page) },
  {
    name: 'map-ja-path',
    path: '/ja/map/?class=owl&from=-48_-32&to=32_48',
    prepare: async (page) => {
      await seen(page);
      await page.locator('.map-strip .picture').nth(8).waitFor({ state: 'attached' });
    },
  },
  { name: 'about', path: '/en/about/' },
  { name: 'about-ja', path: '/ja/about/' },
  { name: 'nowhere', path: '/en/nowhere/' },
];

/** Those that stand in the documents, by name, width and scheme. */
const CHOSEN = new Set([
  'wall-1440-light',
  'map-1440-light',
  'draw-1440-dark',
  'morph-390-light',
  'wall-ja-390-dark',
  'mirror-390-light',
]);

const SCHEMES = /** @type {const} */ (['light', 'dark']);

const server = await serve(0);
const browser = await launch();
await mkdir(values.to, { recursive: true });
for (const shot of SHOTS.filter(({ name }) => name.startsWith(values.only))) {
  for (const [width, height] of SCREENS) {
    // Finished drawings: no two moments of a motion are the same.
    const context = await browser.newContext({
      viewport: { width, height },
      reducedMotion: 'reduce',
      deviceScaleFactor: 1,
    });
    context.setDefaultTimeout(120_000);
    const page = await context.newPage();
    await page.goto(new URL(shot.path, server.address).href);
    await page.waitForLoadState('networkidle');
    if (shot.shows) {
      const [selector, count] = shot.shows;
      await page
        .locator(selector)
        .nth(count - 1)
        .waitFor({ state: 'attached' });
    }
    await shot.prepare?.(page);
    for (const scheme of SCHEMES) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      const name = `${shot.name}-${width}-${scheme}`;
      const png = await page.screenshot({ path: join(values.to, `${name}.png`), animations: 'disabled' });
      if (values.docs && CHOSEN.has(name)) await keep(png, name);
    }
    await context.close();
    process.stdout.write(`${shot.name} ${width}\n`);
  }
}
await browser.close();
server.close();

/** @param {import('playwright-core').Page} page */
async function seen(page) {
  await page.locator('.spot[aria-disabled=false]').first().waitFor();
  await page.locator('.spot[aria-disabled=true]').first().waitFor({ state: 'detached' });
}

/**
 * @param {Buffer} png
 * @param {string} name
 */
async function keep(png, name) {
  const folder = join(web, '../../docs/gallery');
  await mkdir(folder, { recursive: true });
  await sharp(png)
    .png({ palette: true, colours: 64 })
    .toFile(join(folder, `${name}.png`));
}
