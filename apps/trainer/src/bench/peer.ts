import { spawn } from 'node:child_process';
import { z } from 'zod';
import { UsageError } from '../errors.ts';

/** A peer that says nothing for so long is given up. */
const PATIENCE_MS = 15 * 60_000;

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
    const child = spawn(command, { shell: true, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    const stop = (): void => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    };
    signal.addEventListener('abort', stop, { once: true });
    child.once('error', reject);
    child.once('close', (code) => {
      signal.removeEventListener('abort', stop);
      resolve({ code: signal.aborted ? undefined : (code ?? 1), out, err });
    });
  });
}
