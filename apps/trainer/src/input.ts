import { readFile } from 'node:fs/promises';
import { FileError } from './errors.ts';

/**
 * A whole file.
 *
 * @throws FileError
 */
export async function readInput(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new FileError(path, error);
  }
}
