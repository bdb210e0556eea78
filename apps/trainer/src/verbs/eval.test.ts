import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { drawDemo, toStroke3 } from '@sketch-rnn/data';
import { writeDrawings } from '@sketch-rnn/data/node';
import { expect, test } from 'vitest';
import { furnish, typed, workFolder } from '../testing/command-line.ts';

test('drawings that two sources have count once, and people are told', async () => {
  const folder = await workFolder();
  await furnish(folder);
  const drawings = Array.from({ length: 12 }, (_, i) => ({
    stroke3: toStroke3(drawDemo('owl', i)).slice(0, 30),
    className: 'owl',
  }));
  await writeDrawings(join(folder, 'owls.ndjson'), drawings);
  await copyFile(join(folder, 'owls.ndjson'), join(folder, 'copy.ndjson'));
  const line = 'eval --model model.safetensors --engine wasm --split all --json --data owls.ndjson';
  const [alone, twice] = [await typed(line, { folder }), await typed(`${line} --data copy.ndjson`, { folder })];
  expect(JSON.parse(twice.stdout)).toEqual(JSON.parse(alone.stdout));
  expect(JSON.parse(alone.stdout)).toMatchObject({ drawings: 12 });
  expect(twice.stderr).toBe('left out 12 that another of the sources has as well\n');
  expect(alone.stderr).toBe('');
});
