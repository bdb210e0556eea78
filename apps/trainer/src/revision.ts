import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';

/** The clone this program runs from, be it `src/` or the bundle in `dist/`. */
const CLONE = join(import.meta.dirname, '../../..');

/**
 * Git revision of this program: the commit, and `-dirty` behind it where files were changed since.
 *
 * @returns undefined where there is no clone (an archive, a copy) or no git to ask
 */
export function revisionOf(clone: string = CLONE): string | undefined {
  const { status, stdout } = spawnSync('git', ['describe', '--always', '--abbrev=40', '--dirty', '--exclude=*'], {
    cwd: clone,
    encoding: 'utf8',
    env: {
      ...process.env,
      // A copy inside of another repository is not of that one's revision.
      GIT_CEILING_DIRECTORIES: dirname(clone),
      // Asking writes nothing.
      GIT_OPTIONAL_LOCKS: '0',
    },
  });
  return status === 0 ? stdout.trim() : undefined;
}
