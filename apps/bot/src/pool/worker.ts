/** A thread of the pool: opens the studio once, then does jobs one after the other. */
import { readFile } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import { workerData } from 'node:worker_threads';
import { readModel } from '@sketch-rnn/core';
import type { Job, Outcome } from '../drawing/job.ts';
import { openStudio } from '../drawing/studio.ts';
import { fetchUpload } from '../upload/fetch.ts';
import { UploadError } from '../upload/problem.ts';
import { blockOtherFormats } from '../upload/raster.ts';
import type { ThreadData } from './pool.ts';

// On Linux this is the thread's own: the main thread, which owes Discord a first answer within 3 s, goes first.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
blockOtherFormats();
const { modelPath, origins } = workerData as ThreadData;
const model = readModel(await readFile(modelPath), modelPath);
const studio = await openStudio(model, (url) => fetchUpload(url, origins));

/** Called by the pool. */
export async function work<J extends Job>(job: J): Promise<Outcome<J>> {
  try {
    return { result: await studio.perform(job) };
  } catch (error) {
    if (error instanceof UploadError) return { problem: error.problem };
    throw error;
  }
}
