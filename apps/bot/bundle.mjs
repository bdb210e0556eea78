/** How the bot is bundled, for its build and for its tests. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

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
