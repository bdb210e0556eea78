import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './root.mjs';
import { capture } from './run.mjs';

/** The Node versions that are promised, oldest first. */
const VERSIONS = ['20.19', '22', '24'];

/** A life in short; each line is a command of the bundle and the exit code it has to end with. */
const LINES = [
  { words: '--help', expected: 0 },
  { words: 'tarin', expected: 2 },
  { words: 'doctor', expected: 0 },
  { words: 'train --data demo:owl --preset tiny --steps 2 --name smoke', expected: 0 },
  { words: 'sample --model runs/smoke/model.safetensors --n 4 --out sheet.svg', expected: 0 },
];

/**
 * The bundle on the Node that runs here, or on every promised one.
 *
 * @param {boolean} everyVersion
 * @returns {import('./checks.mjs').Check[]}
 */
export function smokeChecks(everyVersion) {
  if (!everyVersion) return [smokeCheck(process.versions.node, [process.execPath])];
  return VERSIONS.map((version) => smokeCheck(version, ['npx', '-y', `node@${version}`]));
}

/**
 * @param {string} version
 * @param {readonly string[]} node command that starts it
 * @returns {import('./checks.mjs').Check}
 */
function smokeCheck(version, [command = '', ...before]) {
  return {
    name: `bundle on Node ${version}`,
    async run() {
      const folder = await mkdtemp(join(tmpdir(), 'sketch-rnn-'));
      try {
        for (const { words, expected } of LINES) {
          const parameters = [...before, join(root, 'apps/trainer/dist/cli.js'), ...words.split(' ')];
          const env = { ...process.env, INIT_CWD: folder };
          const { code, output } = await capture(command, parameters, { cwd: folder, env });
          if (code === expected) continue;
          process.stdout.write(`sketch-rnn ${words}: expected exit code ${expected}, got ${code}\n${output}\n`);
          return 1;
        }
        // What was drawn is there, and where it was asked for.
        return (await readFile(join(folder, 'sheet.svg'), 'utf8')).includes('<path') ? 0 : 1;
      } finally {
        await rm(folder, { recursive: true });
      }
    },
  };
}
