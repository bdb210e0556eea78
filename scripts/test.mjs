/** `npm test`: sets up what is missing, then every check and every test; the last line has the totals. */
import { performance } from 'node:perf_hooks';
import { installTree } from './install.mjs';

await installTree();

// Only now is there what these import.
const { checks } = await import('./checks.mjs');
const { smokeChecks } = await import('./smoke.mjs');
const { runTests } = await import('./unit.mjs');

// Continuous integration has all that a test may need: there a skipped test is one that was not run.
const requireAll = Boolean(process.env['SKETCH_RNN_REQUIRE_ALL']);

let passed = 0;
/** @type {string[]} */
const failed = [];
let skipped = 0;

/**
 * Runs one step; what it throws is its failure, and the next ones run all the same.
 *
 * @param {string} name
 * @param {() => Promise<void>} step adds to `passed`, `failed` and `skipped`
 */
async function timed(name, step) {
  process.stdout.write(`\n== ${name}\n`);
  const start = performance.now();
  const failedBefore = failed.length;
  await step().catch((/** @type {unknown} */ error) => {
    process.stdout.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    failed.push(name);
  });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  process.stdout.write(`== ${name}: ${failed.length === failedBefore ? 'passed' : 'FAILED'} in ${seconds} s\n`);
}

for (const check of [...checks, ...smokeChecks(requireAll)]) {
  await timed(check.name, async () => {
    if ((await check.run()) === 0) passed += 1;
    else failed.push(check.name);
  });
}

await timed('tests', async () => {
  const totals = await runTests();
  passed += totals.passed;
  failed.push(...totals.failed);
  for (const [file, names] of totals.skipped) {
    if (requireAll) {
      failed.push(...names.map((name) => `${file} > ${name} (skipped)`));
    } else {
      skipped += names.length;
      process.stdout.write(`skipped ${names.length} of ${file}\n`);
    }
  }
  if (skipped > 0) {
    process.stdout.write('They need TensorFlow (pnpm setup:tensorflow), Python with numpy, or the folder shared.\n');
  }
});

process.stdout.write('\n');
for (const name of failed) process.stdout.write(`failed: ${name}\n`);
process.stdout.write(`${passed} passed, ${failed.length} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
process.exitCode = failed.length === 0 ? 0 : 1;
