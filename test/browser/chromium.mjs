/** What a page of ours lives in, for tests and benchmarks alike. */
import { createServer } from 'node:http';
import { build } from 'esbuild';

export const CHROMIUM = '/usr/bin/chromium';

/** Nothing is fetched from anywhere. */
export const FLAGS = [
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-sandbox',
];

/** A page that lets scripts and workers of its own alone run, WebAssembly too: what the gallery's will allow. */
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'";

/**
 * Scripts by address, `/name.js` each.
 *
 * @param {string[]} entryPoints
 * @returns {Promise<ReadonlyMap<string, string>>}
 */
export async function bundles(entryPoints) {
  const { outputFiles } = await build({
    entryPoints,
    outdir: '/',
    write: false,
    bundle: true,
    platform: 'browser',
    format: 'esm',
    target: 'es2022',
    logLevel: 'warning',
  });
  return new Map(outputFiles.map(({ path, text }) => [path, text]));
}

/**
 * Serves scripts, and a page at every other address.
 *
 * @param {ReadonlyMap<string, string>} scripts
 * @param {string} page
 * @returns {Promise<{ origin: string, close: () => void }>}
 */
export async function serve(scripts, page) {
  const server = createServer(({ url }, response) => {
    const script = scripts.get(url ?? '');
    response.setHeader('content-security-policy', POLICY);
    response.setHeader('content-type', script === undefined ? 'text/html' : 'text/javascript');
    response.end(script ?? page);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { origin: `http://127.0.0.1:${port}`, close: () => server.close() };
}
