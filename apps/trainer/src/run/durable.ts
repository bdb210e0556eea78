/** Files that are whole or not there, whatever happens in between: a kill, a full disk, a loss of power. */
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileError } from './error.ts';

/** Ending of a file that is still being written; what a killed process left of it is of no use. */
export const PART = '.part';

/**
 * Writes a file aside, flushes it to the disk and gives it its name in one step; what had the name before stays until then.
 *
 * @throws RunError where the system refuses; then nothing has changed
 */
export async function writeDurably(path: string, content: Uint8Array | string): Promise<void> {
  const part = path + PART;
  try {
    const file = await open(part, 'w');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, path);
    await syncFolder(dirname(path));
  } catch (cause) {
    // Whether the part can be removed says nothing new; the next start of the run removes it else.
    await rm(part, { force: true }).catch(() => {});
    throw fileError(path, 'written', cause);
  }
}

/** Makes names that were given in a folder outlast a loss of power. */
async function syncFolder(path: string): Promise<void> {
  // Windows has no handle on a folder to flush; NTFS journals its names.
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
