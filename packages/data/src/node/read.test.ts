import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DataError } from '../error.ts';
import { toNpz } from '../npz-writer.ts';
import { countBadDrawings } from '../reading.ts';
import type { Drawing } from '../sketch.ts';
import { readDrawings, type ReadDrawingsOptions } from './read.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sketch-read-'));
});

afterEach(() => rm(folder, { recursive: true }));

async function put(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  return path;
}

async function read(path: string, options?: ReadDrawingsOptions): Promise<Drawing[]> {
  const drawings: Drawing[] = [];
  for await (const drawing of readDrawings(path, options)) drawings.push(drawing);
  return drawings;
}

const stroke3 = Float32Array.of(255, 0, 0, 0, 255, 1);
const ndjson = '{"word":"owl","drawing":[[[0,255,255],[0,0,255]]]}\n';
const nameless = '{"drawing":[[[0,255,255],[0,0,255]]]}\n';
const svg = '<svg><path d="M0 0H255V255"/></svg>';
const json = '{"format":"sketch","version":1,"strokes":[[[0,0],[255,0],[255,255]]]}';
const bin = Uint8Array.of(9, 9, 9, 9, 9, 9, 9, 9, 85, 83, 1, 0, 0, 0, 0, 1, 0, 3, 0, 0, 255, 255, 0, 0, 255);
const files: [name: string, content: string | Uint8Array][] = [
  ['owl.npz', toNpz([{ stroke3 }])],
  ['owl.ndjson', ndjson],
  ['owl.bin', bin],
  ['owl.svg', svg],
  ['owl.json', json],
];

describe('every format gives the same drawing', () => {
  test.for(files)('%s', async ([name, content]) => {
    const drawings = await read(await put(name, content));
    expect(drawings.map((drawing) => drawing.stroke3)).toEqual([stroke3]);
  });

  test.for(files)('%s gzipped', async ([name, content]) => {
    const drawings = await read(await put(`${name}.gz`, gzipSync(content)));
    expect(drawings.map((drawing) => drawing.stroke3)).toEqual([stroke3]);
  });

  test('.svgz, capitals, and any name where the format is given', async () => {
    expect(await read(await put('owl.svgz', gzipSync(svg)))).toEqual([{ stroke3 }]);
    expect(await read(await put('OWL.SVG', svg))).toEqual([{ stroke3 }]);
    expect(await read(await put('owl', svg), { format: 'svg' })).toEqual([{ stroke3 }]);
    expect(await read(await put('owls', gzipSync(svg)), { format: 'svg' })).toEqual([{ stroke3 }]);
  });
});

describe('the class', () => {
  test('is what the file says, else its name', async () => {
    const classOf = async (name: string, content: string | Uint8Array): Promise<string | undefined> =>
      (await read(await put(name, content)))[0]?.className;
    expect(await classOf('pig.ndjson', ndjson)).toBe('owl');
    expect(await classOf('flying saucer.ndjson.gz', gzipSync(nameless))).toBe('flying saucer');
    expect(await classOf('power outlet.bin', bin)).toBe('power outlet');
    expect(await classOf('cat.full.npz', toNpz([{ stroke3 }]))).toBe('cat');
    expect(await classOf('kanji.rdp100.npz', toNpz([{ stroke3 }]))).toBe('kanji.rdp100');
    expect(await classOf('2024-05-01.svg', svg)).toBeUndefined();
  });

  test('of pictures in a folder is the folder, however deep; files come in the order of their names', async () => {
    await put('set/owl/2.svg', svg);
    await put('set/owl/1.json', json);
    await put('set/cat/tabby/a.svg.gz', gzipSync(svg));
    await put('set/pig.ndjson', nameless);
    await put('set/named.json', json.replace('{', '{"class":"fox",'));
    await put('set/README.md', 'not a drawing');
    await symlink(join(folder, 'set/pig.ndjson'), join(folder, 'set/z.ndjson'));
    await symlink(join(folder, 'set'), join(folder, 'set/owl/loop'));
    const classes = (await read(join(folder, 'set'))).map(({ className }) => className);
    expect(classes).toEqual(['tabby', 'fox', 'owl', 'owl', 'pig', 'z']);
    const pictures = await read(join(folder, 'set'), { format: 'svg' });
    expect(pictures.map(({ className }) => className)).toEqual(['tabby', 'owl']);
  });
});

describe('what is no data is refused with its path, what is there and what to do', () => {
  test.for<[name: string, content: string | Uint8Array, message: RegExp]>([
    ['owl.ndjson', '', /got an empty file/],
    ['owl.npz', '', /got an empty file/],
    ['owl.ndjson.gz', gzipSync(''), /got an empty file/],
    ['owl.npz', ndjson, /expected Magenta .npz \(a zip archive\), got JSON - is the file what its name says/],
    ['owl.npz', '<html>Not found</html>', /got XML/],
    ['owl.npz', 'dx,dy,lift', /got text/],
    ['owl.ndjson', toNpz([{ stroke3 }]), /expected Quick, Draw! .ndjson \(JSON\), got a zip archive/],
    ['owl.svg', json, /expected SVG \(XML\), got JSON/],
    ['owl.json', bin, /got binary data/],
    ['owl.bin', ndjson, /expected Quick, Draw! .bin \(binary data\), got JSON/],
    ['owl.bin', toNpz([{ stroke3 }]), /got a zip archive/],
    ['owl.ndjson.gz', ndjson, /expected a gzip file by its name, got a plain one - drop .gz/],
    ['owl.ndjson', gzipSync(ndjson), /expected a plain file by its name, got a gzip file - add .gz/],
    [
      'owl.ndjson.gz',
      gzipSync(ndjson.repeat(99)).subarray(0, 60),
      /gzip data that is cut short - fetch the file again/,
    ],
    ['owl.npz.gz', gzipSync(toNpz([{ stroke3 }])).subarray(0, 99), /gzip data that is cut short/],
    ['owl.npz', toNpz([{ stroke3 }]).subarray(0, 200), /directory: expected a whole zip archive/],
    ['owl.npz', zipSync({}), /got none - save it with numpy.savez/],
    [
      'owl.txt',
      ndjson,
      /expected a file ending in .npz, .ndjson, .bin, .svg, .json, or one of them with .gz, got another/,
    ],
    ['owl', ndjson, /expected a file ending in/],
    ['owl.ndjson', '\n\n', /got text/],
    ['owl.npz', toNpz([]), /expected drawings, got none that can be used/],
    ['set/notes.txt', 'hi', /expected a file ending in/],
  ])('%s: %s', async ([name, content, message]) => {
    const path = await put(name, content);
    const reading = read(path);
    await expect(reading).rejects.toThrow(DataError);
    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.toThrow(path);
  });

  test('damaged gzip', async () => {
    const packed = gzipSync(ndjson.repeat(99));
    packed.fill(0xff, 40, 60);
    await expect(read(await put('owl.ndjson.gz', packed))).rejects.toThrow(/DataError|damaged gzip data|cut short/);
  });

  test('nothing there, and folders without data', async () => {
    await expect(read(join(folder, 'none.npz'))).rejects.toThrow(
      /none.npz: expected a file to read, got nothing there - check the path/,
    );
    await expect(read(join(await put('a.npz', 'x'), 'b.npz'))).rejects.toThrow(/got a path through a file/);
    await mkdir(join(folder, 'empty'));
    await expect(read(join(folder, 'empty'))).rejects.toThrow(/empty: expected a folder with files .*, got none/);
    await expect(read(folder, { format: 'svg' })).rejects.toThrow(/expected a folder with files/);
  });

  test('a file of bad drawings alone, though they are skipped', async () => {
    const { counts, onBadDrawing } = countBadDrawings();
    const path = await put('owl.ndjson', '{"drawing":[]}\n{"drawing":[[[1],[1]]]}\n{"draw');
    await expect(read(path, { onBadDrawing })).rejects.toThrow(/expected drawings, got none that can be used/);
    expect(counts).toEqual(
      new Map([
        ['empty', 1],
        ['single point', 1],
        ['malformed', 1],
      ]),
    );
  });
});

test('options reach the reader', async () => {
  const path = await put('raw.ndjson', '{"drawing":[[[0,5,10],[0,0,0],[0,1,2]]]}');
  expect((await read(path))[0]?.stroke3).toEqual(Float32Array.of(255, 0, 1));
  expect((await read(path, { simplify: false }))[0]?.stroke3).toEqual(Float32Array.of(5, 0, 0, 5, 0, 1));
  await expect(read(path, { simplify: false, maxPoints: 2 })).rejects.toThrow(
    /raw.ndjson line 1: expected at most 2 points, got 3/,
  );
});

test('a reader left early lets go of its file', async () => {
  const path = await put('owl.ndjson', ndjson.repeat(10_000));
  for await (const drawing of readDrawings(path)) {
    expect(drawing.className).toBe('owl');
    break;
  }
  // The folder is removed afterwards, which Windows refuses while a file in it is open.
});
