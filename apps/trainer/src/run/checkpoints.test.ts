import { existsSync } from 'node:fs';
import { mkdtemp, open, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { loadLatest, saveCheckpoint } from './checkpoints.ts';
import { exampleCheckpoint } from './example.ts';
import { openRun, type Run } from './folder.ts';

let parent: string;
let run: Run;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'checkpoints-'));
  run = await openRun(join(parent, 'run'), { resume: false });
});
afterEach(async () => {
  await run.close();
  await rm(parent, { recursive: true });
});

async function kept(): Promise<number[]> {
  return (await readdir(run.checkpoints)).map((name) => Number(/\d+/.exec(name)?.[0])).toSorted((a, b) => a - b);
}

async function latest(): Promise<{ readonly step: number; readonly said: readonly string[] }> {
  const said: string[] = [];
  const checkpoint = await loadLatest(run.folder, (line) => said.push(line));
  expect(checkpoint).toEqual(exampleCheckpoint(checkpoint.step));
  return { step: checkpoint.step, said };
}

describe('saving', () => {
  test('keeps the last three and the best', async () => {
    for (const step of [100, 200, 300, 400, 500, 600]) {
      await saveCheckpoint(run, exampleCheckpoint(step, { best: { cost: 1, step: Math.min(step, 200) } }));
    }
    expect(await kept()).toEqual([200, 400, 500, 600]);
  });

  test('orders steps as numbers, however many digits they have', async () => {
    const steps = [999_999_999, 1_000_000_000, 10_000_000_000, 20_000_000_000];
    for (const step of steps) await saveCheckpoint(run, exampleCheckpoint(step));
    expect(await kept()).toEqual(steps.slice(1));
    expect((await latest()).step).toBe(20_000_000_000);
  });

  test('after resuming before broken checkpoints keeps what it saves', async () => {
    for (const step of [500, 600, 700, 800])
      await writeFile(join(run.checkpoints, `step-000000${step}.safetensors`), '');
    await saveCheckpoint(run, exampleCheckpoint(400));
    await saveCheckpoint(run, exampleCheckpoint(450));
    expect((await latest()).step).toBe(450);
  });

  test('leaves all older ones alone when the disk fails in the middle', async () => {
    for (const step of [1, 2, 3]) await saveCheckpoint(run, exampleCheckpoint(step));
    const handle = await open(run.folder, 'r');
    await handle.close();
    const prototype = Object.getPrototypeOf(handle) as typeof handle;
    const write = Reflect.get(prototype, 'writeFile');
    const spy = vi.spyOn(prototype, 'writeFile').mockImplementationOnce(async function (this: typeof handle, data) {
      await write.call(this, (data as Uint8Array).subarray(0, 1000));
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    });
    await expect(saveCheckpoint(run, exampleCheckpoint(4))).rejects.toThrow(/ENOSPC.* - make room on the disk/);
    spy.mockRestore();
    expect(await kept()).toEqual([1, 2, 3]);
    expect(await latest()).toEqual({ step: 3, said: [] });
  });

  test.skipIf(!existsSync('/dev/full'))('leaves all older ones alone when the disk is full', async () => {
    for (const step of [1, 2, 3]) await saveCheckpoint(run, exampleCheckpoint(step));
    await symlink('/dev/full', join(run.checkpoints, 'step-000000004.safetensors.part'));
    await expect(saveCheckpoint(run, exampleCheckpoint(4))).rejects.toThrow(/ENOSPC/);
    expect(await kept()).toEqual([1, 2, 3]);
    // With room again the run goes on.
    await saveCheckpoint(run, exampleCheckpoint(4));
    expect(await latest()).toEqual({ step: 4, said: [] });
  });
});

describe('loading', () => {
  test.for([0, 0.01, 0.3, 0.999])('passes over a checkpoint cut to %s of its length, with a word', async (share) => {
    await saveCheckpoint(run, exampleCheckpoint(100));
    const path = await saveCheckpoint(run, exampleCheckpoint(200));
    await truncate(path, Math.floor(share * (await readFile(path)).length));
    const { step, said } = await latest();
    expect(step).toBe(100);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/step-000000200\.safetensors: .*cut short or damaged.*\(going on from step 100\)$/);
  });

  test('passes over several', async () => {
    for (const step of [1, 2, 3]) await saveCheckpoint(run, exampleCheckpoint(step));
    for (const step of [2, 3]) await truncate(join(run.checkpoints, `step-00000000${step}.safetensors`), 99);
    const { step, said } = await latest();
    expect({ step, words: said.length }).toEqual({ step: 1, words: 2 });
  });

  test('says what is wrong where none is valid', async () => {
    await expect(loadLatest(run.folder, () => {})).rejects.toThrow(
      /expected a valid checkpoint, got none - start a new run/,
    );
    await writeFile(join(run.checkpoints, 'step-000000001.safetensors'), 'no');
    await expect(loadLatest(run.folder, () => {})).rejects.toThrow(/got 1 broken \(.*cut short or damaged/);
  });

  test('takes no file for a checkpoint that is still being written', async () => {
    await saveCheckpoint(run, exampleCheckpoint(1));
    await writeFile(join(run.checkpoints, 'step-000000002.safetensors.part'), 'begun');
    expect(await latest()).toEqual({ step: 1, said: [] });
  });
});
