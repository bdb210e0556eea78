import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

const root = fileURLToPath(new URL('../../shared/', import.meta.url));

/** Whether the oracle numbers and real drawings stand beside the repository. */
export const hasShared = existsSync(root);

/** A path below the folder `shared` beside the repository. */
export function shared(...path: string[]): string {
  return join(root, ...path);
}
