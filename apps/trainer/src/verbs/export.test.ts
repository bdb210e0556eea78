import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readModel } from '@sketch-rnn/core';
import { parseSketchFile } from '@sketch-rnn/data';
import { beforeEach, describe, expect, test } from 'vitest';
import '../testing/engines.ts';
import { furnish, tinyModel, typed, workFolder } from '../testing/command-line.ts';

let folder: string;

beforeEach(async () => {
  folder = await workFolder();
});

async function run(line: string): Promise<void> {
  expect(await typed(line, { folder })).toMatchObject({ code: 0 });
}

describe('export --to safetensors', () => {
  test('is the model with its matrices rounded to half precision, and everything else as it was', async () => {
    const model = tinyModel({}, { metrics: { cost: 0.25 }, step: 7 });
    await furnish(folder, model);
    await run('export model.safetensors --to safetensors --out half.safetensors');
    const { parameters, ...facts } = readModel(await readFile(join(folder, 'half.safetensors')), 'half');
    const { parameters: whole, ...known } = model;
    expect(facts).toEqual(known);
    for (const [name, values] of Object.entries(whole)) {
      // Half precision has 11 bits.
      for (const [i, value] of values.entries()) {
        expect(Math.abs((parameters[name]?.[i] as number) - value)).toBeLessThanOrEqual(
          Math.abs(value) * 2 ** -11 + 2 ** -25,
        );
      }
    }
    expect(parameters).not.toEqual(whole);
  });

  test('of one class needs no class to be named, and draws what the whole model draws of it', async () => {
    await furnish(folder, tinyModel({ classes: 2, decoderCell: 'lstm' }));
    await run('export model.safetensors --to safetensors --out half.safetensors');
    await run('export half.safetensors --to safetensors --class pig --out pig.safetensors');
    await run('sample --model half.safetensors --class pig --n 1 --out whole.json');
    await run('sample --model pig.safetensors --n 1 --out alone.json');
    const [whole, alone] = await Promise.all(
      ['whole', 'alone'].map(async (name) => {
        const { strokes } = parseSketchFile(await readFile(join(folder, `${name}.json`), 'utf8'), name);
        return strokes.flat(2);
      }),
    );
    expect(alone).toHaveLength(whole?.length ?? NaN);
    for (const [i, value] of (alone ?? []).entries()) expect(value).toBeCloseTo(whole?.[i] ?? NaN, 2);
  });

  test('says what it was trained on, where the file did not', async () => {
    const { data: _, ...unsaid } = tinyModel();
    await furnish(folder, unsaid);
    const line = 'export model.safetensors --to safetensors --out told.safetensors --licence mine';
    expect(await typed(line, { folder })).toMatchObject({ code: 2 });
    await run(`${line} --source owls`);
    const told = readModel(await readFile(join(folder, 'told.safetensors')), 'told');
    expect(told.data).toEqual({ name: 'owls', licence: 'mine' });
    await run('export told.safetensors --to safetensors --out again.safetensors --licence yours');
    const again = readModel(await readFile(join(folder, 'again.safetensors')), 'again');
    expect(again.data).toEqual({ name: 'owls', licence: 'yours' });
  });

  test('marks the weak classes of a quality report, and takes no other file for one', async () => {
    await furnish(folder, tinyModel({ classes: 2 }));
    const line = 'export model.safetensors --to safetensors --out marked.safetensors --quality';
    await writeFile(
      join(folder, 'report.json'),
      JSON.stringify({ seed: 1, weak: { temperature: 0.4, classes: ['pig'] } }),
    );
    await run(`${line} report.json`);
    expect(readModel(await readFile(join(folder, 'marked.safetensors')), 'marked').weak).toEqual(['pig']);
    for (const other of ['{}', 'not JSON']) {
      await writeFile(join(folder, 'report.json'), other);
      const { code, stderr } = await typed(`${line} report.json`, { folder });
      expect(code).toBe(1);
      expect(stderr).toMatch(/report\.json: expected the \.json of a quality report/);
    }
  });
});
