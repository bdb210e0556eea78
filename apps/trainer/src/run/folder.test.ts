import { readModel } from '@sketch-rnn/core';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { saveCheckpoint } from './checkpoints.ts';
import { exampleCheckpoint, exampleDescription } from './example.ts';
import { openRun, saveBestModel, saveDescription } from './folder.ts';

let parent: string;
let folder: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'run-'));
  folder = join(parent, 'runs', 'owl');
});
afterEach(async () => {
  await rm(parent, { recursive: true });
});

describe('a run folder', () => {
  test('is made with all folders on the way', async () => {
    const run = await openRun(folder, { resume: false });
    expect((await readdir(folder)).toSorted()).toEqual(['checkpoints', 'run.lock', 'samples']);
    await run.close();
    expect((await readdir(folder)).toSorted()).toEqual(['checkpoints', 'samples']);
  });

  test('takes one process at a time, new or resumed', async () => {
    const run = await openRun(folder, { resume: false });
    await saveDescription(run, exampleDescription);
    await expect(openRun(folder, { resume: true })).rejects.toThrow(/no other process works on/);
    await expect(openRun(folder, { resume: false })).rejects.toThrow(/no other process works on/);
    await run.close();
    const resumed = await openRun(folder, { resume: true });
    await resumed.close();
  });

  test.for(['config.json', 'checkpoint'])('with a %s is not begun anew, and nothing in it changes', async (what) => {
    const run = await openRun(folder, { resume: false });
    if (what === 'checkpoint') await saveCheckpoint(run, exampleCheckpoint(1));
    else await saveDescription(run, exampleDescription);
    await run.close();
    const before = await readdir(folder, { recursive: true });
    await expect(openRun(folder, { resume: false })).rejects.toThrow(
      /got one - go on with it by --resume, or give another name/,
    );
    expect(await readdir(folder, { recursive: true })).toEqual(before);
  });

  test('without a run is not resumed, and not made', async () => {
    await expect(openRun(folder, { resume: true })).rejects.toThrow(
      /expected a run to resume, got none - leave --resume out/,
    );
    expect(await readdir(parent)).toEqual([]);
  });

  test('that is a file is refused', async () => {
    await mkdir(join(parent, 'runs'));
    await writeFile(folder, '');
    await expect(openRun(folder, { resume: false })).rejects.toThrow(`${folder}: could not be`);
  });

  test('loses what a killed process was still writing', async () => {
    const first = await openRun(folder, { resume: false });
    await saveDescription(first, exampleDescription);
    await first.close();
    const parts = ['model.safetensors.part', 'checkpoints/step-000000001.safetensors.part', 'samples/a.svg.part'];
    for (const part of parts) await writeFile(join(folder, part), 'begun');
    const run = await openRun(folder, { resume: true });
    await run.close();
    expect((await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  test('has what the run was started with, and its best model', async () => {
    const run = await openRun(folder, { resume: false });
    const { model } = exampleCheckpoint(3);
    await saveDescription(run, exampleDescription);
    await saveBestModel(run, model);
    await run.close();
    expect(JSON.parse(await readFile(join(folder, 'config.json'), 'utf8'))).toEqual(exampleDescription);
    expect(readModel(await readFile(join(folder, 'model.safetensors')), 'model')).toEqual(model);
  });
});
