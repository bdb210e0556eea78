/** The pool's worker, but some of its jobs kill it the first time: it goes as a killed process would, without a word. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Job } from '../drawing/job.ts';
import { work as live } from '../pool/worker.ts';

const { DEATHS: folder = '' } = process.env;

/** One job in so many is deadly, the first among them. */
const DEADLY = 101;

/** Called by the pool. */
export async function work(job: Job): ReturnType<typeof live> {
  if (job.kind === 'draw') {
    const [seed = 0] = job.seeds;
    const mark = join(folder, `death-${seed}`);
    if (seed % DEADLY === 0 && !existsSync(mark)) {
      writeFileSync(mark, '');
      process.exit(9);
    }
  }
  return live(job);
}
