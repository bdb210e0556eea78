/** One process a run folder: a file with the holder's process id. */
import { randomUUID } from 'node:crypto';
import { link, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { errorCode, fileError, RunError } from './error.ts';

const holderSchema = z.object({ pid: z.int().min(1), host: z.string(), token: z.string().regex(/^[\w-]+$/) });
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
    await removeClaims(path);
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

/**
 * Removes a dead process's lock; several may try at once.
 *
 * Whoever links the claim on that very lock may remove it, and nobody else ever: between reading and removing another process
 * may have put its own there. The claim stays while the lock is held: somebody may have read the dead one's just before.
 */
async function removeStale(path: string, own: string): Promise<void> {
  const text = await textAt(path);
  if (text === undefined) return;
  const dead = deadHolder(path, text);
  const claim = `${path}.${dead.token}.stale`;
  if (await linked(own, claim)) {
    await rm(path, { force: true });
    return;
  }
  // Claimed: by somebody who is about to remove it, or who died before.
  const claimant = holderSchema.safeParse(parsed((await textAt(claim)) ?? '')).data;
  if (claimant && !isAlive(claimant) && (await textAt(path)) === text) throw refusal(path, dead);
}

/** Takes away the claims on locks of the dead, when the run that took over from them is done. */
async function removeClaims(path: string): Promise<void> {
  const names = await readdir(dirname(path));
  const claims = names.filter((name) => name.startsWith(`${basename(path)}.`) && name.endsWith('.stale'));
  for (const name of claims) await rm(join(dirname(path), name), { force: true });
}

/** The holder of a lock, who is dead: anybody else's is refused. */
function deadHolder(path: string, text: string): Holder {
  const { data: holder } = holderSchema.safeParse(parsed(text));
  if (holder !== undefined && holder.host === hostname() && !isAlive(holder)) return holder;
  throw refusal(path, holder);
}

function refusal(path: string, holder: Holder | undefined): RunError {
  const by = holder ? `process ${holder.pid} on ${holder.host}` : 'a lock that cannot be read';
  return new RunError(
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
