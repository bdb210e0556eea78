import { join } from 'node:path';
import { root } from './root.mjs';
import { capture } from './run.mjs';

/** The Node versions that are promised, oldest first. */
const VERSIONS = ['20.19', '22', '24'];

/**
 * The bundle on the Node that runs here, or on every promised one.
 *
 * @param {boolean} everyVersion
 * @returns {import('./checks.mjs').Check[]}
 */
export function smokeChecks(everyVersion) {
  if (!everyVersion) return [smokeCheck(process.versions.node, process.execPath, [])];
  return VERSIONS.map((version) => smokeCheck(version, 'npx', ['-y', `node@${version}`]));
}

/**
 * @param {string} version
 * @param {string} command
 * @param {readonly string[]} before the script
 * @returns {import('./checks.mjs').Check}
 */
function smokeCheck(version, command, before) {
  return {
    name: `bundle on Node ${version}`,
    async run() {
      for (const { words, expected } of LINES) {
        const { code, output } = await capture(command, [...before, join(root, 'apps/trainer/dist/cli.js'), ...words]);
        if (code === expected) continue;
        process.stdout.write(`sketch-rnn ${words.join(' ')}: expected exit code ${expected}, got ${code}\n${output}\n`);
        return 1;
      }
      return 0;
    },
  };
}

const LINES = [
  { words: ['--help'], expected: 0 },
  { words: ['doctor', '--json'], expected: 0 },
  { words: ['tarin'], expected: 2 },
];
