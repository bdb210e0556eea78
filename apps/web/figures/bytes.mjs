import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { site } from '../build/paths.mjs';

/**
 * Bytes of JavaScript that come with the first page, brotli at its best as a host keeps it: what the page begins with, what it fetches of
 * other pages while it rests, and what the worker that draws is made of, WebAssembly included.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {string} address of the gallery
 */
export async function measureBytes(browser, address) {
  const page = await browser.newPage();
  /** @type {Set<string>} */
  const asked = new Set();
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (/\.(?:js|wasm)$/.test(pathname)) asked.add(pathname);
  });
  await page.goto(new URL('/en/', address).href);
  await page.locator('.badge[data-state=ready]').waitFor();
  await page.waitForLoadState('networkidle');
  /** @type {string[]} */
  const loaded = await page.evaluate(
    '[...document.scripts].filter((script) => script.src !== "" && !script.noModule).map((script) => new URL(script.src).pathname)',
  );
  await page.close();
  // What the page begins with stands in its markup; the code of pages that it links to comes when it rests; the rest is the worker's.
  const markup = await readFile(join(site, 'en/index.html'), 'utf8');
  const own = loaded.filter((name) => markup.includes(`<script src="${name}"`));
  return {
    pageJavaScript: await brotliBytes(own),
    prefetchedJavaScript: await brotliBytes(loaded.filter((name) => !own.includes(name))),
    workerJavaScript: await brotliBytes([...asked].filter((name) => !loaded.includes(name))),
  };
}

/** @param {readonly string[]} names */
async function brotliBytes(names) {
  let sum = 0;
  for (const name of new Set(names)) sum += brotliCompressSync(await readFile(join(site, name))).length;
  return sum;
}
