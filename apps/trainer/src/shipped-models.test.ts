import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readModel } from '@sketch-rnn/core';
import { expect, test } from 'vitest';
import './testing/engines.ts';
import { shippedPath } from './shipped-models.ts';
import { typed, workFolder } from './testing/command-line.ts';

/** The models that ship, and a class that each draws without being told more. */
const shipped = [
  ['catalogue', ['--class', 'bicycle']],
  ['owl', []],
] as const;

test.for(shipped)('%s is a file of at most 8 MB with its card, and draws by its name', async ([name, more]) => {
  const file = await readFile(shippedPath(name));
  expect(file.length).toBeLessThanOrEqual(8e6);
  expect(existsSync(shippedPath(name).replace('.safetensors', '.md'))).toBe(true);
  const { latents, data } = readModel(file, name);
  expect(latents?.mean.every(Number.isFinite)).toBe(true);
  expect(data?.licence).toBe('CC BY 4.0');
  const folder = await workFolder();
  const line = ['sample', '--model', name, ...more, '--n', '1', '--out', 'drawing.json'].join(' ');
  expect(await typed(line, { folder })).toMatchObject({ code: 0 });
  expect(existsSync(join(folder, 'drawing.json'))).toBe(true);
});

test('what draws where no model is named knows every class', async () => {
  const folder = await workFolder();
  const { code, stderr } = await typed('sample --class owls --n 1 --out drawing.json', { folder });
  expect(code).toBe(2);
  expect(stderr).toMatch(/345 classes, got "owls" - .*owl/);
});
