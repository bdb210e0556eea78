import { startVitest } from 'vitest/node';
import { root } from './root.mjs';

/**
 * @typedef {object} Totals
 * @property {number} passed
 * @property {readonly string[]} failed names, files that could not be loaded among them
 * @property {readonly string[]} skipped names
 */

/**
 * Runs every test of the tree.
 *
 * @returns {Promise<Totals>}
 */
export async function runTests() {
  const vitest = await startVitest('test', [], { root, run: true, watch: false });
  /** @type {{ passed: number, failed: string[], skipped: string[] }} */
  const totals = { passed: 0, failed: [], skipped: [] };
  for (const file of vitest.state.getTestModules()) {
    if (file.errors().length > 0) totals.failed.push(file.relativeModuleId);
    for (const suite of file.children.allSuites()) {
      if (suite.errors().length > 0) totals.failed.push(`${file.relativeModuleId} > ${suite.fullName}`);
    }
    for (const test of file.children.allTests()) {
      const name = `${file.relativeModuleId} > ${test.fullName}`;
      const { state } = test.result();
      if (state === 'passed') totals.passed += 1;
      // Pending where the run was cut short.
      else if (state === 'skipped') totals.skipped.push(name);
      else totals.failed.push(name);
    }
  }
  for (const error of vitest.state.getUnhandledErrors()) totals.failed.push(`outside of a test: ${String(error)}`);
  await vitest.close();
  return totals;
}
