/** How a run ends when it does not end well. */

/** 0 done, 1 failed, 2 wrong use, 130 interrupted (as a shell counts SIGINT). */
export type ExitCode = 0 | 1 | 2 | 130;

/** The command line was not understood: `--option: expected ..., got ... - remedy`. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The user asked to stop. */
export class Interruption extends Error {
  override readonly name = 'Interruption';
}

/** Errors of our packages: their message says place, expectation, finding and remedy. */
const OURS: ReadonlySet<string> = new Set([
  'DataError',
  'ModelError',
  'RenderError',
  'EngineError',
  'RunError',
  'UsageError',
]);

/** What the system says of a file, in words. */
const SYSTEM: Readonly<Record<string, string>> = {
  ENOENT: 'expected a file, got none - check the path',
  EACCES: 'expected permission to use it, got none - choose another place or change its permissions',
  EPERM: 'expected permission to use it, got none - choose another place or change its permissions',
  EROFS: 'expected a file system that can be written, got a read-only one - choose another place',
  EISDIR: 'expected a file, got a folder - give the path of a file',
  ENOTDIR: 'expected a folder on the way there, got a file - check the path',
  ENOSPC: 'expected room on the disk, got none - make room and run the command again',
  EMFILE: 'expected to open one more file, got the limit - close other programs',
  ERR_FS_FILE_TOO_LARGE: 'expected a file of at most 2 GB, got a larger one - is this the right file?',
};

/** The one line a user reads, and the exit code. */
export function explain(error: unknown): { readonly line: string; readonly code: ExitCode } {
  if (!(error instanceof Error)) return { line: `fault of the program: ${String(error)}`, code: 1 };
  if (error.name === 'Interruption') return { line: error.message, code: 130 };
  if (OURS.has(error.name)) return { line: error.message, code: error.name === 'UsageError' ? 2 : 1 };
  const { code, path, syscall } = error as NodeJS.ErrnoException;
  if (code !== undefined && path !== undefined) {
    return {
      line: `${path}: ${SYSTEM[code] ?? `expected to use it (${syscall}), got ${code} - check the path`}`,
      code: 1,
    };
  }
  if (code !== undefined && code in SYSTEM) return { line: error.message, code: 1 };
  return { line: `fault of the program: ${error.message} - run it with --verbose and report what it says`, code: 1 };
}
