import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exampleDescription, exampleEvaluation, exampleTraining } from './example.ts';
import { openRun, saveDescription } from './folder.ts';
import { openJournal } from './journal.ts';

test('a resumed journal holds the same records as one that was never interrupted', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'journal-'));
  const records = [10, 20, 30, 40].flatMap((step) => [exampleTraining(step), exampleEvaluation(step)]);

  const first = await openRun(join(parent, 'run'), { resume: false });
  await saveDescription(first, exampleDescription);
  const journal = await openJournal(first);
  for (const record of records.slice(0, 6)) await journal.write(record);
  await first.close();

  const second = await openRun(join(parent, 'run'), { resume: true });
  const resumed = await openJournal(second, 20);
  expect(resumed.records).toEqual(records.slice(0, 4));
  for (const record of records.slice(4)) await resumed.write(record);
  await second.close();

  expect(resumed.records).toEqual(records);
  const lines = (await readFile(second.metrics, 'utf8')).trimEnd().split('\n');
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual(records);
  await rm(parent, { recursive: true });
});
