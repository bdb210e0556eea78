/** The checkpoints of a run: written whole, the newest valid one found again. */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Checkpoint, readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { writeDurably } from './durable.ts';
import { fileError, RunError } from './error.ts';
import { namesIn, type Run, runPaths } from './folder.ts';

/** Checkpoints kept beside the best one: the newest could be lost to a broken disk, the one before it too. */
const KEPT = 3;

/**
 * Writes a checkpoint, then removes those that are neither among the last three nor the best.
 *
 * @returns its path
 * @throws RunError where it could not be written; then all older ones are as they were
 */
export async function saveCheckpoint(run: Run, checkpoint: Checkpoint): Promise<string> {
  const path = join(run.checkpoints, nameOf(checkpoint.step));
  await writeDurably(path, writeCheckpoint(checkpoint));
  // Later steps are broken ones that were passed over on resuming: they must not push good ones out.
  const steps = (await stepsIn(run.checkpoints)).filter((step) => step <= checkpoint.step);
  const passed = steps.slice(KEPT).filter((step) => step !== checkpoint.best?.step);
  for (const step of passed) await rm(join(run.checkpoints, nameOf(step)), { force: true });
  return path;
}

/**
 * The newest valid checkpoint of a run folder.
 *
 * @param say hears of each newer one that is broken
 * @throws RunError where none is valid
 */
export async function loadLatest(folder: string, say: (line: string) => void): Promise<Checkpoint> {
  const { checkpoints } = runPaths(folder);
  const broken: string[] = [];
  for (const step of await stepsIn(checkpoints)) {
    const path = join(checkpoints, nameOf(step));
    try {
      const checkpoint = readCheckpoint(await bytesOf(path), path);
      for (const reason of broken) say(`${reason} (going on from step ${step})`);
      return checkpoint;
    } catch (error) {
      broken.push((error as Error).message);
    }
  }
  throw new RunError(
    `${checkpoints}: expected a valid checkpoint, got ${broken.length === 0 ? 'none' : `${broken.length} broken (${broken[0]})`} - ` +
      'start a new run in another folder',
  );
}

async function bytesOf(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw fileError(path, 'read', cause);
  }
}

function nameOf(step: number): string {
  return `step-${String(step).padStart(9, '0')}.safetensors`;
}

/** Newest first. */
async function stepsIn(checkpoints: string): Promise<number[]> {
  return (await namesIn(checkpoints))
    .flatMap((name) => /^step-(\d{9,})\.safetensors$/.exec(name)?.[1] ?? [])
    .map(Number)
    .toSorted((a, b) => b - a);
}
