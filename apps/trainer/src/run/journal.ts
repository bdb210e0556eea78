/** What a run has written down so far, in memory and on disk. */
import type { Run } from './folder.ts';
import { appendRecord, rewindRecords } from './metrics.ts';
import type { RunRecord } from './records.ts';
import { createEventFile } from './tensorboard.ts';

export interface Journal {
  /** Oldest first, those before a resume included. */
  readonly records: readonly RunRecord[];
  /** Adds a record to `metrics.jsonl` and to the TensorBoard events. */
  write(record: RunRecord): Promise<void>;
}

/**
 * Opens the journal of a run.
 *
 * @param resumedAt steps taken at the checkpoint that the run goes on from: what was written after it is dropped
 * @throws RunError where a file cannot be read or written, here and in `write`
 */
export async function openJournal(run: Run, resumedAt?: number): Promise<Journal> {
  const records = resumedAt === undefined ? [] : await rewindRecords(run.metrics, resumedAt);
  const events = await createEventFile(run.folder, resumedAt);
  return {
    records,
    async write(record) {
      records.push(record);
      await appendRecord(run.metrics, record);
      await events.add(record);
    },
  };
}
