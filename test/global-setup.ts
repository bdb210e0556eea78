import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Worker threads load no TypeScript: theirs is bundled anew for every run of the tests. */
export function setup(): void {
  execFileSync(process.execPath, [join(import.meta.dirname, '../packages/backend/build.mjs')], { stdio: 'inherit' });
}
