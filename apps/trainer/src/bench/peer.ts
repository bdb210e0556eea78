import { type ChildProcess, spawn } from 'node:child_process';
import { z } from 'zod';
import { UsageError } from '../errors.ts';

/** A peer that has not ended by then is given up. */
const PATIENCE_MS = 15 * 60_000;

/** Characters that are kept of what a peer says, the last ones: its answer is a line. */
const KEPT = 65_536;

const WINDOWS = process.platform === 'win32';

const answer = z.object({ points_per_second: z.number().positive() });

/**
 * Runs a command that prints JSON with `points_per_second` on a line of its own.
 *
 * @throws UsageError where it fails, prints none, or takes too long
 */
export async function peerSpeed(command: string, signal: AbortSignal, patience: number = PATIENCE_MS): Promise<number> {
  const { code, out, err } = await runShell(command, AbortSignal.any([signal, AbortSignal.timeout(patience)]));
  signal.throwIfAborted();
  const last = (text: string): string => text.trim().split('\n').at(-1) ?? '';
  if (code === undefined) {
    throw new UsageError(
      `--peer: expected an answer within ${patience / 1000} seconds, got none - try the command by itself`,
    );
  }
  if (code !== 0) {
    throw new UsageError(
      `--peer: expected exit code 0, got ${code}: ${last(err) || last(out)} - try the command by itself`,
    );
  }
  for (const line of out.trim().split('\n').toReversed()) {
    const found = answer.safeParse(parsed(line));
    if (found.success) return found.data.points_per_second;
  }
  throw new UsageError(`--peer: expected a line of JSON with "points_per_second", got "${last(out).slice(0, 80)}"`);
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // A line of talk, not the answer.
    return undefined;
  }
}

/** Runs a line of the shell; no code where it was cut off. */
function runShell(
  command: string,
  signal: AbortSignal,
): Promise<{ code: number | undefined; out: string; err: string }> {
  return new Promise((resolve, reject) => {
    // A group of its own: the shell's children end with it.
    const child = spawn(command, { shell: true, detached: !WINDOWS, stdio: ['ignore', 'pipe', 'pipe'] });
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out = (out + text).slice(-KEPT)));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err = (err + text).slice(-KEPT)));
    const stop = (): void => end(child);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    child.once('error', reject);
    child.once('close', (code) => {
      signal.removeEventListener('abort', stop);
      resolve({ code: signal.aborted ? undefined : (code ?? 1), out, err });
    });
  });
}

/** Kills a process with its group. */
function end(child: ChildProcess): void {
  if (child.pid === undefined) return;
  if (WINDOWS) {
    child.kill('SIGKILL');
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    // All of it has ended by itself.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
