import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { constants, createBrotliCompress } from 'node:zlib';
import { site } from './paths.mjs';

/** @type {Readonly<Record<string, string>>} */
const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.safetensors': 'application/octet-stream',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

const COMPRESSED = new Set(['.css', '.html', '.js', '.json', '.safetensors', '.svg', '.txt', '.webmanifest']);

/**
 * Serves the built gallery.
 *
 * @param {number} port 0: any that is free
 * @returns {Promise<{ address: string, close(): void }>}
 */
export async function serve(port) {
  const rules = parseHeaders(await readFile(join(site, '_headers'), 'utf8'));
  const server = createServer((request, response) => {
    answer(request, response, rules).catch(() => response.destroy());
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', () => resolve(undefined));
  });
  const { port: taken } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { address: `http://127.0.0.1:${taken}/`, close: () => void server.close() };
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {readonly Rule[]} rules
 */
async function answer(request, response, rules) {
  const path = decodeURIComponent(new URL(request.url ?? '/', 'http://host').pathname);
  for (const { prefix, exact, headers } of rules) {
    if (exact ? path !== prefix : !path.startsWith(prefix)) continue;
    for (const [name, value] of headers) response.appendHeader(name, value);
  }
  const wanted = join(site, normalize(path));
  const file = await fileAt(path.endsWith('/') ? join(wanted, 'index.html') : wanted);
  if (file === undefined) response.statusCode = 404;
  const found = file ?? join(site, '404.html');
  const ending = extname(found);
  response.setHeader('content-type', TYPES[ending] ?? 'application/octet-stream');
  const compressed = COMPRESSED.has(ending) && /\bbr\b/.test(request.headers['accept-encoding'] ?? '');
  if (!compressed) return pipeline(createReadStream(found), response);
  response.setHeader('content-encoding', 'br');
  const brotli = createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
  return pipeline(createReadStream(found), brotli, response);
}

/** @param {string} path */
async function fileAt(path) {
  try {
    return path.startsWith(site) && (await stat(path)).isFile() ? path : undefined;
  } catch {
    return undefined;
  }
}

/** @typedef {{ prefix: string, exact: boolean, headers: [name: string, value: string][] }} Rule */

/**
 * The rules of a `_headers` file: a path, then its headers, indented. All that fit are sent.
 *
 * @param {string} text
 * @returns {Rule[]}
 */
function parseHeaders(text) {
  /** @type {Rule[]} */
  const rules = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const header = /^\s+([^:]+):\s*(.+)$/.exec(line);
    if (header) rules.at(-1)?.headers.push([header[1] ?? '', header[2] ?? '']);
    else rules.push({ prefix: line.replace(/\*$/, ''), exact: !line.endsWith('*'), headers: [] });
  }
  return rules;
}
