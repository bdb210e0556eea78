import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  initialise,
  modelConfigOf,
  presets,
  readModel,
  readMagentaJs,
  toTensorFlow,
  writeSafetensors,
} from '@sketch-rnn/core';
import { beforeEach, describe, expect, test } from 'vitest';
import '../testing/engines.ts';
import { furnish, tinyModel, typed, type Typed, workFolder } from '../testing/command-line.ts';

let folder: string;

beforeEach(async () => {
  folder = await workFolder();
  await furnish(folder);
});

async function run(line: string): Promise<unknown> {
  const { code, stdout, stderr } = await typed(`${line} --json`, { folder });
  expect({ code, stderr }).toMatchObject({ code: 0 });
  return JSON.parse(stdout);
}

async function expectRefused(line: string): Promise<Typed> {
  const before = await readdir(folder, { recursive: true });
  const said = await typed(line, { folder });
  expect(said.code, said.stderr).toBeGreaterThan(0);
  expect(said.stdout).toBe('');
  expect(said.stderr).toMatch(/^error: .*\n$/);
  expect(said.stderr).not.toMatch(/fault of the program/);
  expect(await readdir(folder, { recursive: true })).toEqual(before);
  return said;
}

async function picture(name: string): Promise<string> {
  return readFile(join(folder, name), 'utf8');
}

/** Drawings on a sheet. */
function cards(svg: string): number {
  return [...svg.matchAll(/<rect [^>]*rx=/g)].length;
}

describe('reconstruct', () => {
  test('has a row a drawing: the original and a column a temperature', async () => {
    const words = '--temperature 0.2 --temperature 0.5 --temperature 1';
    const result = await run(`reconstruct --model model.safetensors --data owl.json ${words} --out r.svg`);
    expect(result).toMatchObject({ drawings: [{ class: 'owl' }] });
    const svg = await picture('r.svg');
    expect(cards(svg)).toBe(4);
    for (const heading of ['original', 'T = 0.2', 'T = 0.5', 'T = 1']) expect(svg).toContain(`>${heading}<`);
  });
});

describe('interpolate', () => {
  test('makes a strip, with the given drawing beside it', async () => {
    await run('interpolate --model model.safetensors --from owl.json --to 2 --n 5 --out strip.svg');
    const svg = await picture('strip.svg');
    expect(cards(svg)).toBe(6);
    expect(svg).toContain('>from<');
    expect(svg).not.toContain('>to<');
  });

  test('makes a square between four', async () => {
    const line =
      'interpolate --model model.safetensors --from 1 --to 2 --corners 3 --corners owl.json --n 3 --out square.svg';
    expect(await run(line)).toMatchObject({ drawings: 9 });
    expect(cards(await picture('square.svg'))).toBe(9);
  });

  test('between a drawing and itself stands still', async () => {
    await run('interpolate --model model.safetensors --from 4 --to 4 --n 3 --temperature 0 --out still.svg');
    const shapes = [...(await picture('still.svg')).matchAll(/ d="M[\d.]+ [\d.]+([^"]*)"/g)];
    // One colour: one path of three drawings, each of the same relative lines.
    expect(new Set(shapes.flatMap(([, lines = '']) => lines.split(/M[\d.]+ [\d.]+/))).size).toBeLessThanOrEqual(3);
  });
});

describe('score', () => {
  test('has one offset a point, and the end row in the pen', async () => {
    const result = (await run('score --model model.safetensors --data owl.json --out heat.svg')) as {
      drawings: { class: string; offset: number[]; pen: number[] }[];
    };
    expect(Object.keys(result)).toEqual(['drawings']);
    const [drawing] = result.drawings;
    expect(Object.keys(drawing ?? {})).toEqual(['class', 'offset', 'pen']);
    expect(drawing?.class).toBe('owl');
    expect(drawing?.pen).toHaveLength((drawing?.offset.length ?? 0) + 1);
    expect(drawing?.pen.every((nats) => nats < 0)).toBe(true);
    expect(await picture('heat.svg')).toContain('surprise, nats');
  });
});

describe('import and export', () => {
  const config = modelConfigOf({ ...presets.tiny, decoderCell: 'lstm', mixtures: 20 }, 1);

  test('lead back to the same weights, but for the rounding of the form', async () => {
    const model = tinyModel({}, { config, parameters: initialise(config, 3), temperatureForm: 'sketch-rnn-js' });
    await furnish(folder, model);
    const told = await typed('export model.safetensors --to magenta-json --out model.vae.json', { folder });
    expect(told.stderr).toContain('not held: weights are rounded');
    await run('import model.vae.json --out back.safetensors');
    const back = readModel(await readFile(join(folder, 'back.safetensors')), 'back');
    const { parameters, config: whole, ...rest } = model;
    // Of what an lstm of one class has no use for, the form knows nothing.
    const { classEmbedding: _, hyperSize: __, hyperEmbedding: ___, ...known } = whole;
    expect(back).toMatchObject({ ...rest, config: known });
    for (const [name, values] of Object.entries(parameters)) {
      for (const [i, value] of values.entries()) expect(back.parameters[name]?.[i]).toBeCloseTo(value, 3);
    }
    await run('export back.safetensors --to magenta-json --out again.vae.json');
    const again = readMagentaJs(await readFile(join(folder, 'again.vae.json')), 'again');
    expect(again.parameters).toEqual(back.parameters);
  });

  test("TensorFlow's variables need what they do not say", async () => {
    const parameters = initialise(config, 5);
    await writeFile(join(folder, 'tf.safetensors'), writeSafetensors(toTensorFlow(config, parameters)));
    const line = 'import tf.safetensors --out tf-model.safetensors';
    expect((await expectRefused(line)).stderr).toMatch(/--class: expected what the model draws, got nothing/);
    expect((await expectRefused(`${line} --class cat`)).stderr).toMatch(/--scale-factor: expected/);
    await run(`${line} --class cat --scale-factor 31.5 --loss-length 99`);
    const model = readModel(await readFile(join(folder, 'tf-model.safetensors')), 'tf');
    expect(model).toMatchObject({ classes: ['cat'], scaleFactor: 31.5, lossLength: 99, temperatureForm: 'paper' });
    expect(model.parameters).toEqual(parameters);
  });

  test('half the numbers, about half the bytes, and a model all the same', async () => {
    const parameters = initialise(config, 5);
    await writeFile(join(folder, 'tf.safetensors'), writeSafetensors(toTensorFlow(config, parameters)));
    const line = 'import tf.safetensors --class cat --scale-factor 31.5 --loss-length 99';
    await run(`${line} --out whole.safetensors`);
    await run(`${line} --half --out half.safetensors`);
    const sizes = await Promise.all(
      ['half', 'whole'].map(async (name) => (await readFile(join(folder, `${name}.safetensors`))).length),
    );
    expect((sizes[0] as number) / (sizes[1] as number)).toBeLessThan(0.75);
    expect(await run('sample --model half.safetensors --n 1 --out x.svg')).toMatchObject({
      sketches: [{ class: 'cat' }],
    });
  });
});

describe('doctor', () => {
  test('says of every engine whether it runs, and what to do where it does not', async () => {
    const { checks } = (await run('doctor')) as {
      checks: { name: string; ok: boolean; detail: string; remedy?: string }[];
    };
    expect(checks.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['node', 'cpu', 'memory', 'engine tensorflow', 'engine wasm', 'png and gif', 'cache']),
    );
    for (const { ok, detail, remedy } of checks) {
      expect(detail).not.toBe('');
      expect(remedy === undefined).toBe(ok);
    }
    expect(checks.filter(({ detail }) => detail.includes('taken by auto'))).toHaveLength(1);
  });
});

describe('bad input is refused in one line, and nothing is written:', () => {
  beforeEach(async () => {
    await mkdir(join(folder, 'folder'));
    await writeFile(join(folder, 'empty.safetensors'), '');
    await writeFile(join(folder, 'empty.gen.json'), '');
    await writeFile(join(folder, 'text.safetensors'), 'this is no model, but it is long enough to look into');
    await writeFile(
      join(folder, 'cut.safetensors'),
      (await readFile(join(folder, 'model.safetensors'))).subarray(0, 2000),
    );
    await writeFile(join(folder, 'text.npz'), 'no zip');
    await writeFile(join(folder, 'empty.ndjson'), '');
    await writeFile(join(folder, 'nan.json'), '{"format":"sketch","version":1,"strokes":[[[0,0],[1e999,1]]]}');
    await writeFile(join(folder, 'dot.json'), '{"format":"sketch","version":1,"strokes":[[[3,4]]]}');
    await writeFile(join(folder, 'decoder.safetensors'), '');
    await furnish(join(folder, 'folder'), tinyModel({ conditional: false }));
  });

  const models = [
    'none.safetensors',
    'empty.safetensors',
    'empty.gen.json',
    'text.safetensors',
    'cut.safetensors',
    'folder',
    'owl.json',
  ];
  const uses = [
    'sample --out x.svg',
    'reconstruct --data owl.json --out x.svg',
    'interpolate --from 1 --to 2 --out x.svg',
    'score --data owl.json --out x.svg',
    'export --to magenta-json --out x.json',
  ];
  test.for(uses.flatMap((use) => models.map((model) => `${use} --model ${model}`)))('%s', async (line) => {
    await expectRefused(line);
  });

  const data = [
    'none.npz',
    'text.npz',
    'empty.ndjson',
    'nan.json',
    'dot.json',
    'model.safetensors',
    'demo:cat',
    'quickdraw:owll',
    'quikdraw:owl',
  ];
  const readers = [
    'data inspect --out x.svg --data',
    'data convert --out x.npz --data',
    'score --model model.safetensors --out x.svg --data',
    'reconstruct --model model.safetensors --out x.svg --data',
    'interpolate --model model.safetensors --to 1 --out x.svg --from',
    'sample --model model.safetensors --out x.svg --start',
  ];
  test.for(readers.flatMap((reader) => data.map((name) => `${reader} ${name}`)))('%s', async (line) => {
    await expectRefused(line);
  });

  test.for(['empty.safetensors', 'text.safetensors', 'empty.gen.json', 'owl.json', 'none.js', 'model.safetensors'])(
    'import %s',
    async (name) => {
      await expectRefused(`import ${name} --out x.safetensors`);
    },
  );

  test.for([
    ['reconstruct --model folder/model.safetensors --data owl.json --out x.svg', /expected a conditional model/],
    ['interpolate --model folder/model.safetensors --from 1 --to 2 --out x.svg', /expected a conditional model/],
    ['interpolate --model model.safetensors --from 1 --to 2 --corners 3 --out x.svg', /expected two corners or none/],
    ['export model.safetensors --out x.json --to tensorflow', /--to: expected one of safetensors, magenta-json/],
    [
      'export model.safetensors --out x.json --to safetensors',
      /--out: expected a file that ends in .safetensors, got .*x.json/,
    ],
    [
      'export model.safetensors --out x.safetensors --to magenta-json',
      /--out: expected a file that ends in .json or .js/,
    ],
    ['export model.safetensors --out x.json --to magenta-json', /mixtures: expected 20, got 5/],
    ['data download demo:owl', /expected quickdraw:CLASS, got demo:owl/],
    ['data convert owl.json --out x.bmp', /expected a name ending in/],
    ['data convert owl.json --out owl.json/x.npz', /owl\.json/],
  ] as const)('%s', async ([line, message]) => {
    expect((await expectRefused(line)).stderr).toMatch(message);
  });
});
