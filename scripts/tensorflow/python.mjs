import { capture, run } from '../run.mjs';
import { SetupError } from './error.mjs';

/**
 * A Python with pip; pip fetches wheels and Python's zipfile unpacks them.
 *
 * @returns {Promise<string>} the command
 * @throws SetupError where there is none
 */
export async function findPython() {
  /** @type {string[]} */
  const found = [];
  for (const command of ['python3', 'python']) {
    const version = await tried(command, ['--version']);
    if (version === undefined) continue;
    if ((await tried(command, ['-m', 'pip', '--version'])) !== undefined) return command;
    found.push(version.trim());
  }
  throw new SetupError(
    found.length > 0
      ? `python: expected one with pip, got ${found.join(', ')} without - install pip (Debian, Ubuntu: apt install python3-pip)`
      : 'python: expected python3 with pip, got none - install them (Debian, Ubuntu: apt install python3 python3-pip)',
  );
}

/**
 * @param {string} command
 * @param {readonly string[]} parameters
 * @returns {Promise<string | undefined>} what it says; undefined where it is not there or fails
 */
async function tried(command, parameters) {
  try {
    const { code, output } = await capture(command, parameters);
    return code === 0 ? output : undefined;
  } catch {
    // Not there: the caller names what was looked for.
    return undefined;
  }
}

/**
 * Downloads wheels for this machine, whatever the version of the Python that asks: nothing of theirs is run.
 *
 * @param {string} python
 * @param {string} folder
 * @param {readonly string[]} requirements
 * @throws SetupError where pip fails; it has said why
 */
export async function downloadWheels(python, folder, requirements) {
  const pip = ['-m', 'pip', 'download', '--disable-pip-version-check', '--no-deps', '--only-binary=:all:'];
  const code = await run(python, [...pip, '--python-version=3.12', `--dest=${folder}`, ...requirements], {
    stdio: ['ignore', process.stderr, process.stderr],
  });
  if (code === 0) return;
  throw new SetupError(
    `download: expected wheels of ${requirements.join(', ')}, pip ended with ${code} - see its words above; ` +
      'it needs the network (or PIP_FIND_LINKS with a folder of wheels), glibc 2.27 or later and a current pip',
  );
}
