/** How the bot is bundled, for its build and for its tests. */
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const folder = import.meta.dirname;

/** @type {{ dependencies: Record<string, string> }} */
const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/** What runs in Node. What is installed is loaded from where it was installed; the packages of this project are TypeScript, and bundled. */
export const nodeBundle = /** @satisfies {import('esbuild').BuildOptions} */ ({
  absWorkingDir: folder,
  bundle: true,
  platform: /** @type {const} */ ('node'),
  format: /** @type {const} */ ('esm'),
  target: 'node20.19',
  splitting: true,
  external: Object.entries(dependencies)
    .filter(([, version]) => !version.startsWith('workspace:'))
    .map(([name]) => name),
  logLevel: /** @type {const} */ ('warning'),
});

/**
 * The playground's page.
 *
 * @type {import('esbuild').BuildOptions}
 */
export const pageBundle = {
  absWorkingDir: folder,
  entryPoints: { page: 'src/playground/page/page.ts', style: 'src/playground/page/style.css' },
  bundle: true,
  platform: 'browser',
  format: 'esm',
  target: 'es2022',
  logLevel: 'warning',
};

/**
 * Bundles what runs beside the bot into a folder of its own, to be removed after use.
 *
 * @param {Record<string, string>} entryPoints
 */
export async function bundleAside(entryPoints) {
  // Beside the bot's own packages, where what is not bundled is found.
  const cache = join(folder, 'node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const outdir = await mkdtemp(join(cache, 'bot-'));
  await writeFile(join(outdir, 'package.json'), '{ "type": "module" }');
  await build({ ...nodeBundle, external: [...nodeBundle.external, 'ws'], entryPoints, outdir });
  return outdir;
}

/**
 * The same for as long as it is used.
 *
 * @template T
 * @param {Record<string, string>} entryPoints
 * @param {(folder: string) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withBundle(entryPoints, use) {
  const outdir = await bundleAside(entryPoints);
  try {
    return await use(outdir);
  } finally {
    await rm(outdir, { recursive: true });
  }
}
