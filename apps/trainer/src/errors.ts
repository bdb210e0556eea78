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
  'FileError',
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
  EEXIST: 'expected a folder on the way there, got a file - check the path',
  ENOTDIR: 'expected a folder on the way there, got a file - check the path',
  ENOSPC: 'expected room on the disk, got none - make room and run the command again',
  EMFILE: 'expected to open one more file, got the limit - close other programs',
  ERR_FS_FILE_TOO_LARGE: 'expected a file of at most 2 GB, got a larger one - is this the right file?',
};

/** A failure of the system's, with the path it is about where the system leaves it out. */
export class FileError extends Error {
  override readonly name = 'FileError';

  constructor(path: string, cause: unknown) {
    super(`${path}: ${wordsOf(cause)}`, { cause });
  }
}

/** The one line a user reads, and the exit code. */
export function explain(error: unknown): { readonly line: string; readonly code: ExitCode } {
  if (!(error instanceof Error)) return { line: `fault of the program: ${String(error)}`, code: 1 };
  // What Node's own functions throw when the signal they were given aborts.
  if (error.name === 'AbortError') return { line: 'interrupted', code: 130 };
  if (error.name === 'Interruption') return { line: error.message, code: 130 };
  if (OURS.has(error.name)) return { line: error.message, code: error.name === 'UsageError' ? 2 : 1 };
  const { code, path } = error as NodeJS.ErrnoException;
  if (code !== undefined && path !== undefined) return { line: `${path}: ${wordsOf(error)}`, code: 1 };
  return { line: `fault of the program: ${error.message} - run it with --verbose and report what it says`, code: 1 };
}

function wordsOf(cause: unknown): string {
  const { code = '', message } = cause as NodeJS.ErrnoException;
  return SYSTEM[code] ?? `expected to use it, got ${message} - check the path`;
}
