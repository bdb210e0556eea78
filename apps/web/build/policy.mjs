/**
 * What the pages may do, written after the build: Next's export knows no headers.
 *
 * Hashes of inline scripts differ from page to page and stand in a `<meta>` of each; everything else is in `_headers`, which
 * Cloudflare Pages, Netlify and build/serve.mjs read. A browser holds a page to both.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { site } from './paths.mjs';

const PAGE = [
  "connect-src 'self'",
  "font-src 'self'",
  "img-src 'self' blob: data:",
  "manifest-src 'self'",
  "style-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "frame-src 'none'",
  "object-src 'none'",
].join('; ');

/** A worker obeys the headers of its own script. */
const SCRIPT = "default-src 'none'; connect-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

const HEADERS = `/*
  Content-Security-Policy: ${PAGE}
  Cross-Origin-Opener-Policy: same-origin
  Permissions-Policy: camera=(), geolocation=(), microphone=()
  Referrer-Policy: no-referrer
  X-Content-Type-Options: nosniff
/_next/static/*
  Content-Security-Policy: ${SCRIPT}
  Cache-Control: public, max-age=31536000, immutable
/model/*
  Cache-Control: public, max-age=31536000, immutable
`;

/** Puts the policy into every page of out/ and writes out/_headers. */
export async function writePolicies() {
  const files = await readdir(site, { recursive: true });
  for (const file of files.filter((name) => name.endsWith('.html'))) {
    const path = join(site, file);
    await writeFile(path, withPolicy(await readFile(path, 'utf8'), file));
  }
  await writeFile(join(site, '_headers'), HEADERS);
}

/**
 * A page with the hashes of its inline scripts before the first of them.
 *
 * @param {string} page
 * @param {string} where
 */
function withPolicy(page, where) {
  const hashes = new Set();
  for (const [, attributes = '', script = ''] of page.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)) {
    if (/\bsrc=/.test(attributes)) continue;
    hashes.add(`'sha256-${createHash('sha256').update(script).digest('base64')}'`);
  }
  const policy = `script-src 'self' 'wasm-unsafe-eval' ${[...hashes].join(' ')}`;
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}"/>`;
  const found = page.replace('<head>', `<head>${meta}`);
  if (found === page) throw new Error(`${where}: expected a <head>, got none - did Next change how it writes pages?`);
  return found;
}
