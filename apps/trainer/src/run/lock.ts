/** One process a run folder: a file with the holder's process id. */
import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { z } from 'zod';
import { errorCode, fileError, RunError } from './error.ts';

const holderSchema = z.object({ pid: z.int().min(1), host: z.string(), token: z.string() });
type Holder = z.infer<typeof holderSchema>;

/** Tokens this process holds: a lock with its id and another token is left from a process that had the same id before. */
const held = new Set<string>();

/**
 * Takes the lock at `path`, also from a process that has died, and returns what gives it back.
 *
 * @throws RunError where another process holds it
 */
export async function takeLock(path: string): Promise<() => Promise<void>> {
  const holder: Holder = { pid: process.pid, host: hostname(), token: randomUUID() };
  const own = `${path}.${holder.token}`;
  try {
    await writeFile(own, JSON.stringify(holder));
    try {
      // A link appears with its content, and only where there is none yet.
      while (!(await linked(own, path))) await removeStale(path, own);
    } finally {
      await rm(own, { force: true });
    }
  } catch (cause) {
    throw cause instanceof RunError ? cause : fileError(path, 'written', cause);
  }
  held.add(holder.token);
  return async () => {
    held.delete(holder.token);
    await rm(path, { force: true });
  };
}

async function linked(own: string, path: string): Promise<boolean> {
  try {
    await link(own, path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Moves a dead process's lock out of the way; several may try at once. */
async function removeStale(path: string, own: string): Promise<void> {
  const text = await textAt(path);
  if (text === undefined) return;
  refuseLiving(path, text);
  const aside = `${own}.stale`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  // Between reading and moving another process may have put its own there: then it is theirs.
  const moved = await readFile(aside, 'utf8');
  if (moved !== text) await linked(aside, path);
  await rm(aside);
}

function refuseLiving(path: string, text: string): void {
  const { data: holder } = holderSchema.safeParse(parsed(text));
  if (holder !== undefined && holder.host === hostname() && !isAlive(holder)) return;
  const by = holder ? `process ${holder.pid} on ${holder.host}` : 'a lock that cannot be read';
  throw new RunError(
    `${path}: expected a run that no other process works on, got ${by} - wait for it to end, or remove the file if there is no such process`,
  );
}

function isAlive({ pid, token }: Holder): boolean {
  if (pid === process.pid) return held.has(token);
  try {
    // Signal 0 only asks whether there is such a process.
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) !== 'ESRCH';
  }
}

async function textAt(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
