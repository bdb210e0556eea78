/** What is wrong with a run or its folder: `where: expected ..., got ... - remedy`. */
export class RunError extends Error {
  override readonly name = 'RunError';
}

/** The system's word for what went wrong (`ENOSPC`), where it has one. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** What can be done about a file that could not be written or read. */
function remedyFor(error: unknown): string {
  switch (errorCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return 'make room on the disk and run it again (training: with --resume)';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'make the folder writable, or choose another';
    case 'EIO':
      return 'check the disk';
    default:
      return 'see that the folder is still there and can be used';
  }
}

/** A file operation's failure in one line, the system's own message kept. */
export function fileError(path: string, what: string, cause: unknown): RunError {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new RunError(`${path}: could not be ${what} (${message}) - ${remedyFor(cause)}`, { cause });
}
