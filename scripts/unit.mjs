import { startVitest } from 'vitest/node';
import { root } from './root.mjs';

/**
 * @typedef {object} Totals
 * @property {number} passed
 * @property {readonly string[]} failed names, files that could not be loaded among them
 * @property {ReadonlyMap<string, readonly string[]>} skipped names by file
 */

/**
 * Runs every test of the tree.
 *
 * @returns {Promise<Totals>}
 */
export async function runTests() {
  const vitest = await startVitest('test', [], { root, run: true, watch: false });
  /** @type {{ passed: number, failed: string[], skipped: Map<string, string[]> }} */
  const totals = { passed: 0, failed: [], skipped: new Map() };
  for (const file of vitest.state.getTestModules()) {
    if (file.errors().length > 0) totals.failed.push(file.relativeModuleId);
    for (const suite of file.children.allSuites()) {
      if (suite.errors().length > 0) totals.failed.push(`${file.relativeModuleId} > ${suite.fullName}`);
    }
    /** @type {string[]} */
    const skipped = [];
    for (const test of file.children.allTests()) {
      const { state } = test.result();
      if (state === 'passed') totals.passed += 1;
      else if (state === 'skipped') skipped.push(test.fullName);
      // Pending tests among them: the run was cut short.
      else totals.failed.push(`${file.relativeModuleId} > ${test.fullName}`);
    }
    if (skipped.length > 0) totals.skipped.set(file.relativeModuleId, skipped);
  }
  for (const error of vitest.state.getUnhandledErrors()) totals.failed.push(`outside of a test: ${String(error)}`);
  await vitest.close();
  return totals;
}
