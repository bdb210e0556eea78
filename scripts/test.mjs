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
/** @type {readonly string[]} */
let skipped = [];

/**
 * Runs one step; what it throws is its failure, and the next ones run all the same.
 *
 * @param {string} name
 * @param {() => Promise<boolean>} step
 */
async function timed(name, step) {
  process.stdout.write(`\n== ${name}\n`);
  const start = performance.now();
  const ok = await step().catch((/** @type {unknown} */ error) => {
    process.stdout.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    failed.push(name);
    return false;
  });
  process.stdout.write(
    `== ${name}: ${ok ? 'passed' : 'FAILED'} in ${((performance.now() - start) / 1000).toFixed(1)} s\n`,
  );
}

for (const check of [...checks, ...smokeChecks(requireAll)]) {
  await timed(check.name, async () => {
    const ok = (await check.run()) === 0;
    if (ok) passed += 1;
    else failed.push(check.name);
    return ok;
  });
}

await timed('tests', async () => {
  const totals = await runTests();
  passed += totals.passed;
  failed.push(...totals.failed);
  if (requireAll) failed.push(...totals.skipped.map((name) => `${name} (skipped)`));
  else skipped = totals.skipped;
  return totals.failed.length === 0;
});

if (skipped.length > 0) {
  process.stdout.write(`\nSkipped, for want of TensorFlow (pnpm setup:tensorflow), numpy or the folder shared:\n`);
  for (const name of skipped) process.stdout.write(`  ${name}\n`);
}
for (const name of failed) process.stdout.write(`failed: ${name}\n`);
process.stdout.write(
  `${passed} passed, ${failed.length} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}\n`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
