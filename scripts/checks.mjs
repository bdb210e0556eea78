import { program, run } from './run.mjs';
import { turboRun } from './turbo.mjs';

/**
 * @typedef {object} Check
 * @property {string} name
 * @property {() => Promise<number>} run its exit code; it prints what is wrong
 */

/**
 * @param {string} name
 * @param {string} script of a package, by `program`
 * @param {...string} parameters
 * @returns {Check}
 */
function tool(name, script, ...parameters) {
  return { name, run: () => run(process.execPath, [script, ...parameters]) };
}

/**
 * @param {string} name
 * @param {readonly string[]} parameters after `turbo run`
 * @returns {Check}
 */
function turbo(name, ...parameters) {
  return {
    name,
    run() {
      const { command, parameters: words, env } = turboRun(...parameters, '--output-logs=errors-only');
      return run(command, words, { env });
    },
  };
}

/**
 * Everything but the tests, quickest first.
 *
 * @type {readonly Check[]}
 */
export const checks = [
  tool('format', program('oxfmt'), '--check'),
  tool('lint', program('oxlint')),
  tool('imports', program('dependency-cruiser', 'depcruise'), '.'),
  tool('unused', program('knip')),
  turbo('types', 'typecheck'),
  tool('types of tests and scripts', program('typescript', 'tsc'), '--noEmit'),
  turbo('bundle', 'build'),
];
