import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseSketchFile, toStroke3 } from '@sketch-rnn/data';
import { readDrawings } from '@sketch-rnn/data/node';
import { beforeEach, describe, expect, test } from 'vitest';
import '../testing/engines.ts';
import { furnish, tinyModel, typed, workFolder } from '../testing/command-line.ts';

let folder: string;

beforeEach(async () => {
  folder = await workFolder();
  await furnish(folder);
});

async function sample(words: string, name: string): Promise<Buffer> {
  const { code, stderr } = await typed(`sample --model model.safetensors ${words} --out ${name}`, { folder });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return readFile(join(folder, name));
}

/** Two lines of ndjson with the same drawing, but for rounding: rows computed beside others are rounded otherwise. */
function expectSameDrawing(line: string | undefined, other: string | undefined): void {
  const [drawing, expected] = [line, other].map(
    (text) => (JSON.parse(text ?? '') as { drawing: number[][][] }).drawing,
  );
  expect(drawing?.map(([xs]) => xs?.length)).toEqual(expected?.map(([xs]) => xs?.length));
  for (const [i, x] of (drawing ?? []).flat(2).entries()) expect(x).toBeCloseTo(expected?.flat(2)[i] as number, 2);
}

describe('sample', () => {
  test.for(['svg', 'png', 'ndjson'])('gives the same file for the same seed: %s', async (ending) => {
    const first = await sample('--n 4 --seed 3', `a.${ending}`);
    expect(await sample('--n 4 --seed 3', `b.${ending}`)).toEqual(first);
    expect(await sample('--n 4 --seed 4', `c.${ending}`)).not.toEqual(first);
  });

  test('draws a seed the same, whatever is drawn beside it', async () => {
    const many = (await sample('--n 5 --seed 3', 'many.ndjson')).toString().trim().split('\n');
    const [one] = (await sample('--n 1 --seed 5', 'one.ndjson')).toString().trim().split('\n');
    expectSameDrawing(one, many[2]);
  });

  test('tells with one drawing how it was made', async () => {
    await sample('--n 1 --seed 7 --temperature 0.3', 'one.json');
    const file = parseSketchFile(await readFile(join(folder, 'one.json'), 'utf8'), 'one.json');
    expect(file).toMatchObject({ seed: 7, temperature: 0.3, class: 'owl', model: 'model.safetensors' });
  });

  test('is greedy without chance: every seed draws the same where there is no latent vector', async () => {
    await furnish(folder, tinyModel({ conditional: false }));
    const lines = (await sample('--n 3 --greedy', 'greedy.ndjson')).toString().trim().split('\n');
    for (const line of lines) expectSameDrawing(line, lines[0]);
    const wild = (await sample('--n 3 --temperature 1', 'wild.ndjson')).toString().trim().split('\n');
    expect(new Set(wild).size).toBe(3);
  });

  test('is drawn in data units: twice the scale factor, twice as large', async () => {
    const model = tinyModel();
    const sizeOf = async (scaleFactor: number): Promise<number> => {
      await furnish(folder, { ...model, scaleFactor });
      await sample('--n 1 --seed 2', 'size.ndjson');
      for await (const { stroke3 } of readDrawings(join(folder, 'size.ndjson'))) {
        return stroke3.reduce((sum, x, i) => (i % 3 === 2 ? sum : sum + Math.abs(x)), 0);
      }
      return 0;
    };
    const size = await sizeOf(20);
    expect(size).toBeGreaterThan(0);
    expect((await sizeOf(40)) / size).toBeCloseTo(2, 4);
  });

  test('shares the drawings of all among the classes, in their order', async () => {
    await furnish(folder, tinyModel({ classes: 3 }));
    const { stdout } = await typed('sample --model model.safetensors --class all --n 5 --out x.ndjson --json', {
      folder,
    });
    const { sketches } = JSON.parse(stdout) as { sketches: { class: string }[] };
    expect(sketches.map((sketch) => sketch.class)).toEqual(['owl', 'owl', 'pig', 'pig', 'bird']);
  });

  test.for([
    ['of a decoder alone', tinyModel({ conditional: false })],
    ['of a model with latent dropout', tinyModel({ latentDropout: 0.3 })],
    ['of a conditional model', tinyModel()],
  ] as const)('%s goes on from its start', async ([, model]) => {
    await furnish(folder, model);
    await sample('--start owl.json --n 3', 'finished.ndjson');
    const { strokes } = parseSketchFile(await readFile(join(folder, 'owl.json'), 'utf8'), 'owl.json');
    const start = toStroke3(strokes);
    let drawings = 0;
    for await (const { stroke3 } of readDrawings(join(folder, 'finished.ndjson'))) {
      drawings++;
      expect(stroke3.length).toBeGreaterThanOrEqual(start.length);
      for (const [i, x] of start.entries()) expect(stroke3[i]).toBeCloseTo(x, 2);
    }
    expect(drawings).toBe(3);
  });

  test('makes an animation', async () => {
    const gif = await sample('--n 2', 'x.gif');
    expect(gif.subarray(0, 6).toString()).toBe('GIF89a');
  });
});

describe('sample refuses', () => {
  test.for([
    ['--class pig', 2, /--class: expected owl, the model's one class, got "pig"/],
    ['--n 2 --out x.json', 2, /--out: expected --n 1 for \.json/],
    ['--unconditional', 2, /--unconditional: expected a model that was trained without z too/],
    ['--start none.json', 1, /none\.json: expected a file to read, got nothing there/],
    ['--start long.json', 1, /--start: expected fewer than 40 points/],
  ] as const)('%s', async ([words, code, message]) => {
    const strokes = [Array.from({ length: 60 }, (_, i) => [i, i % 7])];
    await writeFile(join(folder, 'long.json'), JSON.stringify({ format: 'sketch', version: 1, strokes }));
    const said = await typed(`sample --model model.safetensors --out x.svg ${words}`, { folder });
    expect(said).toMatchObject({ code, stdout: '' });
    expect(said.stderr).toMatch(message);
    await expect(readFile(join(folder, 'x.svg'))).rejects.toThrow('ENOENT');
  });

  test('a class the model does not know, with the nearest', async () => {
    await furnish(folder, tinyModel({ classes: 3 }));
    const said = await typed('sample --model model.safetensors --out x.svg --class brid', { folder });
    expect(said.code).toBe(2);
    expect(said.stderr).toMatch(/--class: expected one of the model's 3 classes, got "brid" - did you mean "bird"\?/);
  });
});
