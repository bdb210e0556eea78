import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DataError } from '../error.ts';
import type { Drawing } from '../sketch.ts';
import { readDrawings } from './read.ts';
import { writeDrawings } from './write.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sketch-write-'));
});

afterEach(() => rm(folder, { recursive: true }));

async function read(path: string): Promise<Drawing[]> {
  const drawings: Drawing[] = [];
  for await (const drawing of readDrawings(path, { simplify: false })) drawings.push(drawing);
  return drawings;
}

async function* stream(drawings: readonly Drawing[]): AsyncGenerator<Drawing> {
  yield* drawings;
}

const whole: Drawing = { stroke3: Float32Array.of(-14, 16, 0, 300, -7, 1, 1, 1, 1), className: 'owl', split: 'train' };
const small: Drawing = { stroke3: Float32Array.of(-14, 16, 0, 30, -7, 1, 1, 1, 1), className: 'owl', split: 'train' };
const fraction: Drawing = { stroke3: Float32Array.of(0.25, -1.5, 0, 3, 4, 1), className: 'owl', split: 'test' };

describe('what is written reads back', () => {
  test.for(['a.npz', 'a.npz.gz'])('%s, with splits', async (name) => {
    const path = join(folder, name);
    await writeDrawings(path, stream([fraction, whole]));
    expect(await read(path)).toEqual([whole, fraction].map((drawing) => ({ ...drawing, className: 'a' })));
  });

  test.for(['a.ndjson', 'a.ndjson.gz'])('%s, with classes', async (name) => {
    const path = join(folder, name);
    await writeDrawings(path, [whole, fraction]);
    expect(await read(path)).toEqual([whole, fraction].map(({ stroke3, className }) => ({ stroke3, className })));
  });

  test.for(['a.bin', 'a.bin.gz'])('%s, without classes and splits', async (name) => {
    const path = join(folder, name);
    await writeDrawings(path, stream([small, small]));
    expect(await read(path)).toEqual([small, small].map(({ stroke3 }) => ({ stroke3, className: 'a' })));
  });

  test.for(['a.svg', 'a.svgz', 'a.json'])('%s, one drawing', async (name) => {
    const path = join(folder, name);
    await writeDrawings(path, [whole]);
    expect((await read(path)).map(({ stroke3 }) => stroke3)).toEqual([whole.stroke3]);
  });
});

describe('what was there stays, and nothing is left beside it', () => {
  const failing = async function* (): AsyncGenerator<Drawing> {
    yield whole;
    throw new DataError('in the middle');
  };

  test.for<[name: string, drawings: AsyncIterable<Drawing> | Iterable<Drawing>, message: RegExp]>([
    ['a.ndjson', failing(), /^in the middle$/],
    ['b.npz', failing(), /^in the middle$/],
    ['a.ndjson', [], /a.ndjson: expected drawings to write, got none/],
    ['a.npz', [], /a.npz: expected drawings to write, got none/],
    ['a.svg', [whole, whole], /a.svg: expected one drawing, got more - write them to .ndjson or .npz/],
    ['a.bin', [small, whole], /a.bin drawing 2: expected coordinates that are whole numbers 0..255, got 300 - write/],
    ['a.bin', [], /a.bin: expected drawings to write, got none/],
    [
      'a.txt',
      [whole],
      /a.txt: expected a name ending in .npz, .ndjson, .bin, .svg, .json, or one of them with .gz, got/,
    ],
  ])('%s: %s', async ([name, drawings, message]) => {
    const path = join(folder, name);
    await writeFile(path, 'before');
    await expect(writeDrawings(path, drawings)).rejects.toThrow(message);
    expect(await readdir(folder)).toEqual([name]);
    expect(await readFile(path, 'utf8')).toBe('before');
  });

  test('a folder that does not exist', async () => {
    await expect(writeDrawings(join(folder, 'none/a.svg'), [whole])).rejects.toThrow(
      /a.svg: expected a place to write to, got nothing there - check the path/,
    );
  });
});

const python = spawnSync('python3', ['-c', 'import numpy'], { encoding: 'utf8' });

describe.skipIf(python.status !== 0)('numpy reads what is written, as Magenta does', () => {
  const script = `
import json, sys, warnings
import numpy as np
warnings.simplefilter("error")
data = np.load(sys.argv[1], encoding="latin1", allow_pickle=True)
print(json.dumps({split: {"type": data[split].dtype.name, "drawings": [[str(a.dtype), a.tolist()] for a in data[split]]} for split in data.files}))
`;

  async function load(drawings: Drawing[]): Promise<unknown> {
    const path = join(folder, 'a.npz');
    await writeDrawings(path, drawings);
    const { stdout, stderr } = spawnSync('python3', ['-c', script, path], { encoding: 'utf8' });
    expect(stderr).toBe('');
    return JSON.parse(stdout);
  }

  test('whole numbers as int16', async () => {
    expect(await load([whole, { ...whole, split: 'valid' }])).toEqual({
      train: {
        type: 'object',
        drawings: [
          [
            'int16',
            [
              [-14, 16, 0],
              [300, -7, 1],
              [1, 1, 1],
            ],
          ],
        ],
      },
      valid: {
        type: 'object',
        drawings: [
          [
            'int16',
            [
              [-14, 16, 0],
              [300, -7, 1],
              [1, 1, 1],
            ],
          ],
        ],
      },
      test: { type: 'object', drawings: [] },
    });
  });

  test('others as float32', async () => {
    const expected = [
      'float32',
      [
        [0.25, -1.5, 0],
        [3, 4, 1],
      ],
    ];
    expect(await load([{ ...fraction, split: 'train' }, fraction])).toMatchObject({
      train: { drawings: [expected] },
      test: { drawings: [expected] },
    });
  });
});

describe.skipIf(spawnSync('python3', ['--version']).status !== 0)(
  "Python's struct reads what is written as the data set's description has it",
  () => {
    const script = `
import json, struct, sys
found = []
with open(sys.argv[1], "rb") as file:
    while header := file.read(17):
        key, country, recognized, time, strokes = struct.unpack("<Q2sbIH", header)
        drawing = []
        for _ in range(strokes):
            (n,) = struct.unpack("<H", file.read(2))
            drawing.append([list(struct.unpack(f"{n}B", file.read(n))) for _ in "xy"])
        found.append([recognized, drawing])
print(json.dumps(found))
`;

    test('recognized drawings from 0 on', async () => {
      const path = join(folder, 'a.bin');
      const dot = Float32Array.of(0, 0, 1, 255, -9, 1);
      await writeDrawings(path, [small, { stroke3: dot }]);
      const { stdout, stderr } = spawnSync('python3', ['-c', script, path], { encoding: 'utf8' });
      expect(stderr).toBe('');
      expect(JSON.parse(stdout)).toEqual([
      [1, [[[14, 0, 30], [0, 16, 9]], [[31], [10]]]],
      [1, [[[0], [9]], [[255], [0]]]],
    ]); // prettier-ignore
    });
  },
);
