import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { exampleEvaluation, exampleTraining } from './example.ts';
import { appendRecord, rewindRecords } from './metrics.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'metrics-'));
  path = join(folder, 'metrics.jsonl');
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const records = [
  exampleTraining(50),
  exampleTraining(100),
  exampleEvaluation(100, { latentGain: 12.5 }),
  exampleTraining(150),
  exampleEvaluation(200, { best: false }),
];

describe('metrics.jsonl', () => {
  test('has a line for each record', async () => {
    for (const record of records) await appendRecord(path, record);
    const lines = (await readFile(path, 'utf8')).split('\n');
    expect(lines.pop()).toBe('');
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual(records);
  });

  test('a run killed in the middle of a line loses no other line, wherever it was', async () => {
    const text = records.map((record) => `${JSON.stringify(record)}\n`).join('');
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: text.length }), async (length) => {
        await writeFile(path, text.slice(0, length));
        const whole = text.slice(0, length).split('\n').length - 1;
        expect(await rewindRecords(path, 1000)).toEqual(records.slice(0, whole));
        expect(await readFile(path, 'utf8')).toBe(text.slice(0, text.slice(0, length).lastIndexOf('\n') + 1));
      }),
    );
  });

  test('goes on after a resume as if there had been no kill', async () => {
    for (const record of records) await appendRecord(path, record);
    const uninterrupted = await readFile(path, 'utf8');
    await truncate(path, uninterrupted.length - 20);
    expect(await rewindRecords(path, 100)).toEqual(records.slice(0, 3));
    for (const record of records.slice(3)) await appendRecord(path, record);
    expect(await readFile(path, 'utf8')).toBe(uninterrupted);
  });

  test('may be missing: the run was killed before its first record', async () => {
    expect(await rewindRecords(path, 100)).toEqual([]);
  });

  test.for([
    ['{"kind":"step"', /metrics\.jsonl:2: expected a JSON record, got "\{.*" - remove the line$/],
    ['{"kind":"stop"}', /metrics\.jsonl:2: kind: .* - remove the line$/],
    [
      JSON.stringify({ ...exampleTraining(5), learningRate: null }),
      /metrics\.jsonl:2: learningRate: .* - remove the line$/,
    ],
  ] as const)('with a broken line in the middle is refused: %s', async ([line, message]) => {
    await writeFile(path, `${JSON.stringify(records[0])}\n${line}\n${JSON.stringify(records[1])}\n`);
    await expect(rewindRecords(path, 100)).rejects.toThrow(message);
  });
});
