/** A run's records as TensorBoard event files beside `metrics.jsonl`. */
import { appendFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileError } from './error.ts';
import { encodeEvent, type Event } from './event.ts';
import type { RunRecord } from './records.ts';
import { tfRecord } from './tfrecord.ts';

/** Two files of one process may begin in the same millisecond. */
let filesBegun = 0;

/** An event file that records are added to. */
export interface EventFile {
  readonly path: string;
  add(record: RunRecord): Promise<void>;
}

/**
 * Begins an event file of its own in a run folder.
 *
 * @param resumedAt steps taken at the checkpoint that the run goes on from
 * @throws RunError where the system refuses, here and in `add`
 */
export async function createEventFile(folder: string, resumedAt?: number): Promise<EventFile> {
  const wallTime = Date.now() / 1000;
  // TensorBoard reads a folder's files by name in order: time first, to the millisecond since a resume may follow at once.
  const path = join(folder, `events.out.tfevents.${wallTime.toFixed(3)}.${hostname()}.${process.pid}.${filesBegun++}`);
  const first: Event[] = [{ wallTime, step: 0, content: { kind: 'version' } }];
  // The record of the checkpoint's own step was kept: the next is the first that is made again.
  if (resumedAt !== undefined) first.push({ wallTime, step: resumedAt + 1, content: { kind: 'resumed' } });
  const framed = (event: Event): Uint8Array => tfRecord(encodeEvent(event));
  await written(path, () => writeFile(path, Buffer.concat(first.map(framed))));
  return {
    path,
    async add(record) {
      const event: Event = {
        wallTime: Date.now() / 1000,
        step: record.step,
        content: { kind: 'scalars', scalars: scalarsOf(record) },
      };
      await written(path, () => appendFile(path, framed(event)));
    },
  };
}

/** Tag -> value; TensorBoard makes a section of what stands before the slash. */
function scalarsOf(record: RunRecord): Record<string, number> {
  if (record.kind === 'evaluation') {
    const { valid, latentGain } = record;
    return { ...tagged('valid', valid), ...(latentGain === undefined ? {} : { 'valid/latentGain': latentGain }) };
  }
  const { costs, learningRate, klWeight, pointsPerSecond, skipped } = record;
  return {
    ...tagged('train', costs ?? {}),
    ...tagged('schedule', { learningRate, klWeight }),
    ...tagged('speed', { pointsPerSecond }),
    ...tagged('steps', { skipped }),
  };
}

function tagged(section: string, values: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${section}/${name}`, value]));
}

async function written(path: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (cause) {
    throw fileError(path, 'written', cause);
  }
}
