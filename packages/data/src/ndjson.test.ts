import fc from 'fast-check';
import { strToU8 } from 'fflate';
import { describe, expect, test } from 'vitest';
import { readNdjson, toNdjsonLine } from './ndjson.ts';
import { countBadDrawings, type ReadOptions } from './reading.ts';
import { simplifyLikeQuickDraw } from './simplify.ts';
import type { Drawing, Point } from './sketch.ts';
import { toStroke3 } from './stroke3.ts';

async function read(text: string, options: Partial<ReadOptions> = {}, size = text.length + 1): Promise<Drawing[]> {
  const bytes = strToU8(text);
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const drawings: Drawing[] = [];
  for await (const drawing of readNdjson(chunks(), { where: 'a.ndjson', ...options })) drawings.push(drawing);
  return drawings;
}

const owl = '{"word":"owl","key_id":"1","drawing":[[[0,10,20],[0,5,255]],[[7],[8]]]}';
const owlRows = [10, 5, 0, 10, 250, 1, -13, -247, 1];

const raw: [number[], number[], number[]] = [
  [100, 101, 200, 640],
  [50.5, 50.5, 60, 590.25],
  [0, 13, 29, 41],
];

describe('a line is a drawing', () => {
  test('with its class, its strokes one after the other', async () => {
    expect(await read(owl)).toEqual([{ className: 'owl', stroke3: Float32Array.from(owlRows) }]);
  });

  test('of the given class where it names none', async () => {
    expect(await read('{"drawing":[[[0,1],[0,1]]]}', { className: 'pig' })).toMatchObject([{ className: 'pig' }]);
  });

  test('wherever the stream is cut, with any line ends, blank lines, a byte order mark, no end to the last line', async () => {
    const text = `\uFEFF${owl}\r\n\n${owl.replace('owl', 'Eule ü')}\n \n${owl}`;
    const expected = await read(text);
    expect(expected.map(({ className }) => className)).toEqual(['owl', 'Eule ü', 'owl']);
    for (const size of [1, 2, 3, 7, 64, 100]) expect(await read(text, {}, size)).toEqual(expected);
  });

  test('though the stream uses its memory again', async () => {
    const bytes = strToU8(`${owl}\n${owl}\n`);
    const memory = new Uint8Array(50);
    async function* chunks(): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < bytes.length; at += memory.length) {
        memory.set(bytes.subarray(at, at + memory.length));
        yield memory.subarray(0, Math.min(memory.length, bytes.length - at));
      }
    }
    let drawings = 0;
    for await (const { stroke3 } of readNdjson(chunks(), { where: 'a' })) {
      expect([...stroke3]).toEqual(owlRows);
      drawings++;
    }
    expect(drawings).toBe(2);
  });

  test('simplified as Quick, Draw! does where it is raw, kept where asked for', async () => {
    const text = JSON.stringify({ word: 'owl', drawing: [raw] });
    const points = raw[0].map((x, i): Point => [x, raw[1][i] as number]);
    expect(await read(text)).toEqual([{ className: 'owl', stroke3: toStroke3(simplifyLikeQuickDraw([points])) }]);
    expect(await read(text, { simplify: false })).toEqual([{ className: 'owl', stroke3: toStroke3([points]) }]);
  });
});

test('a drawing written is read back: whole numbers exactly, others to seven digits of its size', async () => {
  const offset = fc.tuple(
    fc.integer({ min: -999, max: 999 }),
    fc.integer({ min: -999, max: 999 }),
    fc.constantFrom(0, 1),
  );
  const moving = fc.array(offset, { minLength: 1 }).filter((list) => list.some(([x, y]) => x !== 0 || y !== 0));
  await fc.assert(
    fc.asyncProperty(moving, fc.constantFrom(1, 1 / 3), async (offsets, unit) => {
      const rows = offsets.map(([dx, dy, lift], i) => [dx * unit, dy * unit, i === offsets.length - 1 ? 1 : lift]);
      const stroke3 = Float32Array.from(rows.flat());
      const [back] = await read(toNdjsonLine({ stroke3, className: 'x' }));
      expect(back?.className).toBe('x');
      const tolerance = unit === 1 ? 0 : 1e-6 * 1000 * offsets.length;
      expect(back?.stroke3.length).toBe(stroke3.length);
      for (const [i, value] of stroke3.entries())
        expect(Math.abs((back?.stroke3[i] ?? NaN) - value)).toBeLessThanOrEqual(tolerance);
    }),
  );
});

describe('a bad line', () => {
  test.for([
    ['{"word":"owl","drawing":[[[0,1],[0', /line 2: expected one JSON object, got .* - was the file cut short/],
    ['[1,2]', /line 2: expected one JSON object, got a list of 2/],
    ['{"word":"owl"}', /line 2: expected "drawing", a list of strokes, got nothing/],
    ['{"format":"sketch","strokes":[]}', /is this a sketch file\? Name it .json/],
    ['{"word":3,"drawing":[]}', /line 2: expected "word", the name of a class, got 3/],
    [
      '{"drawing":[[[0,1],[0,1]],[[1,2]]]}',
      /line 2 stroke 2: expected \[xs, ys\] or \[xs, ys, times\], got a list of 1/,
    ],
    ['{"drawing":[[[0,1],[0,1,2]]]}', /line 2 stroke 1: expected as many ys as xs, got 2 xs and 3 ys/],
    ['{"drawing":[[[0,null],[0,1]]]}', /line 2 stroke 1 xs: expected a list of numbers/],
    ['{"drawing":[[[0,"1"],[0,1]]]}', /line 2 stroke 1 xs: expected a list of numbers/],
    ['{"drawing":[[[0,1e999],[0,1]]]}', /line 2: expected finite coordinates/],
    ['{"drawing":[]}', /line 2: expected strokes of points, got an empty drawing/],
    ['{"drawing":[[[],[]]]}', /line 2: expected strokes of points, got an empty drawing/],
    ['{"drawing":[[[5],[5]]]}', /line 2: expected a pen that moves, got a single point/],
    ['{"drawing":[[[5,5],[5,5]]]}', /line 2: expected a pen that moves, got a single point/],
    [
      JSON.stringify({ drawing: [[Array(10_001).fill(0), [...Array(10_001).keys()]]] }),
      /line 2: expected at most 10000 points, got 10001/,
    ],
  ] as const)('%.40s is an error that names it', async ([line, message]) => {
    const bad = `${owl}\n${line}\n${owl}\n`;
    await expect(read(bad)).rejects.toThrow(message);
    await expect(read(bad)).rejects.toThrow(/^a.ndjson line 2/);
  });

  test('is skipped and counted by reason, where the caller wants that', async () => {
    const { counts, onBadDrawing } = countBadDrawings();
    const lines = [owl, '{"drawing":[]}', '{', '{"drawing":[[[5],[5]]]}', '}', owl];
    expect(await read(lines.join('\n'), { onBadDrawing })).toHaveLength(2);
    expect(counts).toEqual(
      new Map([
        ['empty', 1],
        ['malformed', 2],
        ['single point', 1],
      ]),
    );
  });

  test('a drawing of exactly as many points as allowed is read', async () => {
    const line = JSON.stringify({ drawing: [[Array(10_000).fill(0), [...Array(10_000).keys()]]] });
    expect((await read(line))[0]?.stroke3).toHaveLength(3 * 9_999);
  });
});

describe('memory', () => {
  /** Chunks of 1 MB, made as they are asked for. */
  async function* endless(lines: string, megabytes: number, taken: { count: number }): AsyncGenerator<Uint8Array> {
    const chunk = strToU8(lines.repeat(Math.ceil(2 ** 20 / lines.length)));
    for (let i = 0; i < megabytes; i++) {
      taken.count++;
      yield chunk;
    }
  }

  test('holds one chunk: nothing is read ahead of the drawing that was asked for', async () => {
    const taken = { count: 0 };
    for await (const drawing of readNdjson(endless(`${owl}\n`, 3000, taken), { where: 'a' })) {
      expect(drawing.className).toBe('owl');
      break;
    }
    expect(taken.count).toBe(1);
  });

  test('stays bounded over a long stream', async () => {
    const line = `${JSON.stringify({ word: 'owl', drawing: [[[...Array(200).keys()], [...Array(200).keys()]]] })}\n`;
    let peak = 0;
    let drawings = 0;
    for await (const { className } of readNdjson(endless(line, 96, { count: 0 }), { where: 'a' })) {
      if (className === 'owl') drawings++;
      if (drawings % 2000 === 0) {
        const { heapUsed, arrayBuffers } = process.memoryUsage();
        peak = Math.max(peak, heapUsed + arrayBuffers);
      }
    }
    expect(drawings).toBe(96 * Math.ceil(2 ** 20 / line.length));
    // The stream alone is 96 MB, what becomes of it 140 MB.
    expect(peak).toBeLessThan(90 * 2 ** 20);
  });

  test('a file without line ends is refused after 16 MB', async () => {
    const taken = { count: 0 };
    const reading = async (): Promise<void> => {
      for await (const drawing of readNdjson(endless('[[1,2],', 3000, taken), { where: 'a' }))
        expect(drawing).toBe('none');
    };
    await expect(reading()).rejects.toThrow(/a line 1: expected a line of at most 16 MB/);
    expect(taken.count).toBeLessThanOrEqual(17);
  });
});
