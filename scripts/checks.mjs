import { program, run } from './run.mjs';
import { turboRun } from './turbo.mjs';

/**
 * @typedef {object} Check
 * @property {string} name
 * @property {() => Promise<number>} run its exit code; it prints what is wrong
 */

/**
 * @param {string} name
 * @param {string} tool package whose command it is
 * @param {readonly string[]} [parameters]
 * @param {string} [command] where the package has several
 * @returns {Check}
 */
function tool(name, tool, parameters = [], command = tool) {
  return { name, run: () => run(process.execPath, [program(tool, command), ...parameters]) };
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
  tool('format', 'oxfmt', ['--check']),
  tool('lint', 'oxlint'),
  tool('imports', 'dependency-cruiser', ['.'], 'depcruise'),
  tool('unused', 'knip'),
  turbo('types', 'typecheck'),
  tool('types of tests and scripts', 'typescript', ['--noEmit'], 'tsc'),
  turbo('bundle', 'build'),
];
