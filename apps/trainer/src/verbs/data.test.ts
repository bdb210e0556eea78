import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Drawing, drawDemo, toNdjsonLine, toStroke3 } from '@sketch-rnn/data';
import { readDrawings, writeDrawings } from '@sketch-rnn/data/node';
import { beforeEach, describe, expect, test } from 'vitest';
import { typed, workFolder } from '../testing/command-line.ts';

let folder: string;

beforeEach(async () => {
  folder = await workFolder();
});

async function run(line: string): Promise<{ readonly result: unknown; readonly stderr: string }> {
  const { code, stdout, stderr } = await typed(`${line} --json`, { folder });
  expect(code, stderr).toBe(0);
  return { result: JSON.parse(stdout) as unknown, stderr };
}

async function put(name: string, drawings: readonly Drawing[], more = ''): Promise<void> {
  await writeFile(join(folder, name), drawings.map(toNdjsonLine).join('') + more);
}

async function stroke3sOf(name: string): Promise<Float32Array[]> {
  const found = [];
  for await (const { stroke3 } of readDrawings(join(folder, name))) found.push(stroke3);
  return found;
}

const line = (rows: number, className: string): Drawing => ({
  stroke3: Float32Array.from({ length: 3 * rows }, (_, i) => (i % 3 === 2 ? Number(i === 3 * rows - 1) : 3)),
  className,
});

describe('data inspect', () => {
  test('counts and measures', async () => {
    const lengths = [1, 2, 3, 4, 100];
    const skipped = '{"word":"owl","drawing":[[[5],[5]]]}\n{"word":"owl","drawing":[]}\n';
    await put('a.ndjson', [...lengths.map((rows) => line(rows, 'owl')), line(10, 'pig')], skipped);
    const { result } = await run('data inspect a.ndjson');
    const { splits, ...rest } = result as { splits: Record<string, number> };
    expect(rest).toEqual({
      sources: [{ name: 'a.ndjson', licence: 'not stated' }],
      drawings: 6,
      classes: { owl: 5, pig: 1 },
      rows: { least: 1, median: 3, p90: 100, p95: 100, p99: 100, most: 100, mean: 20 },
      strokes: 1,
      // Every offset is 3: nothing varies, and the scale is 1.
      scaleFactor: 1,
      skipped: { 'single point': 1, empty: 1 },
      repeated: 0,
    });
    expect(Object.values(splits).reduce((sum, count) => sum + count, 0)).toBe(6);
  });

  test('counts a drawing of two sources once, in the split that a file assigns it to', async () => {
    const drawings = [1, 2, 3].map((rows) => line(rows, 'owl'));
    await put('owl.ndjson', drawings);
    await writeDrawings(join(folder, 'owl.npz'), drawings.map((drawing) => ({ ...drawing, split: 'test' }))); // prettier-ignore
    await put('more.ndjson', [line(3, 'owl'), line(3, 'pig'), line(9, 'owl')]);
    const { result } = await run('data inspect owl.ndjson owl.npz more.ndjson');
    expect(result).toMatchObject({ drawings: 5, classes: { owl: 4, pig: 1 }, repeated: 4 });
    expect((result as { splits: Record<string, number> }).splits['test']).toBeGreaterThanOrEqual(3);
    const { stdout } = await typed('data inspect owl.npz owl.ndjson', { folder });
    expect(stdout).toMatch(/splits +train 0, valid 0, test 3\n/);
    expect(stdout).toMatch(/left out +repeated 3\n/);
  });

  test('shows people what it counted', async () => {
    await put('a.ndjson', [line(3, 'owl')]);
    const { stdout } = await typed('data inspect a.ndjson', { folder });
    expect(stdout).toMatch(/classes \(1\) +owl 1\n/);
    expect(stdout).toMatch(/left out +none\n/);
  });

  test('shows a drawing and what training makes of it', async () => {
    await put('a.ndjson', [{ stroke3: toStroke3(drawDemo('owl', 1)), className: 'owl' }]);
    await run('data inspect a.ndjson --out seen.svg');
    const svg = await readFile(join(folder, 'seen.svg'), 'utf8');
    expect(svg).toContain('>as read<');
    expect([...svg.matchAll(/<rect [^>]*rx=/g)]).toHaveLength(5);
  });
});

describe('data convert', () => {
  const drawings = [0, 1, 2].map((i) => ({ stroke3: toStroke3(drawDemo('owl', i)), className: 'owl' }));

  test.for(['npz', 'ndjson', 'ndjson.gz', 'bin', 'bin.gz'])('to .%s and back keeps every point', async (ending) => {
    await put('a.ndjson', drawings);
    await run(`data convert a.ndjson --out b.${ending}`);
    const found = await stroke3sOf(`b.${ending}`);
    expect(new Set(found.map(String))).toEqual(new Set(drawings.map(({ stroke3 }) => String(stroke3))));
  });

  test('to a folder of files and back keeps classes', async () => {
    await put('a.ndjson', [...drawings, { ...(drawings[0] as Drawing), className: 'pig' }]);
    await run('data convert a.ndjson --each json --out files');
    expect((await readdir(join(folder, 'files'))).toSorted()).toEqual(['owl', 'pig']);
    const { result } = await run('data inspect files');
    expect(result).toMatchObject({ drawings: 4, classes: { owl: 3, pig: 1 } });
  });

  test('takes the first n', async () => {
    await put('a.ndjson', drawings);
    const { result } = await run('data convert a.ndjson --n 2 --out b.npz');
    expect(result).toMatchObject({ drawings: 2 });
    expect(await stroke3sOf('b.npz')).toHaveLength(2);
  });

  test('a class that would lead out of the folder stays in it', async () => {
    await put('a.ndjson', [line(3, '../../evil'), line(4, '..'), line(5, '/tmp')]);
    await run('data convert a.ndjson --each svg --out inside/files');
    expect(await readdir(join(folder, 'inside'))).toEqual(['files']);
    expect((await readdir(folder)).toSorted()).toEqual(['a.ndjson', 'inside']);
  });

  test('says what it left out', async () => {
    await put('a.ndjson', drawings, '{"word":"owl","drawing":[]}\n');
    const { stderr, result } = await run('data convert a.ndjson --out owl.npz');
    expect(stderr).toBe('left out 1 drawing: 1 empty\n');
    expect(result).toMatchObject({ skipped: { empty: 1 } });
  });

  test('says what the format does not hold', async () => {
    const split = drawings.map((drawing): Drawing => ({ ...drawing, split: 'valid' }));
    await writeDrawings(join(folder, 'owl.npz'), split);
    await put('a.ndjson', [line(3, 'owl'), line(4, 'pig'), line(5, 'crab')]);
    const said = async (options: string): Promise<string> => (await run(`data convert ${options}`)).stderr;
    expect(await said('a.ndjson --out b.ndjson')).toBe('');
    expect(await said('a.ndjson --out owl.bin')).toMatch(
      /^\S*owl.bin: .bin holds no classes - read again, its drawings are of class owl, not of 2 other classes\n$/,
    );
    expect(await said('owl.npz --out pig.npz')).toMatch(
      /pig.npz: .npz holds no classes .* of class pig, not of owl\n$/,
    );
    expect(await said('owl.npz --out owl.bin')).toMatch(
      /^\S*owl.bin: .bin holds no splits - read again, its drawings are split by a hash\n$/,
    );
  });

  test('refuses what a .bin cannot hold, and writes nothing', async () => {
    await put('a.ndjson', [line(3, 'owl'), line(200, 'owl')]);
    const { code, stderr } = await typed('data convert a.ndjson --out owl.bin', { folder });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /owl.bin drawing 2: expected coordinates that are whole numbers 0..255, got 258 - write .ndjson/,
    );
    expect(await readdir(folder)).toEqual(['a.ndjson']);
  });

  test('leaves the points of an SVG alone when told', async () => {
    await writeFile(
      join(folder, 'a.svg'),
      '<svg xmlns="http://www.w3.org/2000/svg"><polyline points="0,0 10,0 20,0 20,10"/></svg>',
    );
    await run('data convert a.svg --out simple.ndjson');
    await run('data convert a.svg --no-simplify --out whole.ndjson');
    expect((await stroke3sOf('simple.ndjson'))[0]).toHaveLength(3 * 2);
    expect([...((await stroke3sOf('whole.ndjson'))[0] as Float32Array)]).toEqual([10, 0, 0, 10, 0, 0, 0, 10, 1]);
  });
});
