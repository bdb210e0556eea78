import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DataError } from './error.ts';
import { readQuickDrawBinary } from './quickdraw-binary.ts';
import { countBadDrawings, type ReadOptions } from './reading.ts';
import type { Drawing, Point } from './sketch.ts';
import { toStroke3 } from './stroke3.ts';

type Strokes = readonly (readonly Point[])[];

/** A record as the data set's own description lays it out. */
function record(strokes: Strokes, recognized = 1): number[] {
  const [keyId, country, time] = [
    [1, 2, 3, 4, 5, 6, 7, 8],
    [85, 83],
    [0, 0, 0, 96],
  ] as const;
  const u16 = (value: number): number[] => [value & 255, value >> 8];
  return [
    ...keyId,
    ...country,
    recognized,
    ...time,
    ...u16(strokes.length),
    ...strokes.flatMap((stroke) => [...u16(stroke.length), ...stroke.map(([x]) => x), ...stroke.map(([, y]) => y)]),
  ];
}

async function read(bytes: number[], options: Partial<ReadOptions> = {}, size = bytes.length + 1): Promise<Drawing[]> {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += size) yield Uint8Array.from(bytes.slice(at, at + size));
  }
  const drawings: Drawing[] = [];
  for await (const drawing of readQuickDrawBinary(chunks(), { where: 'owl.bin', ...options })) drawings.push(drawing);
  return drawings;
}

const coordinate = fc.nat(255);
const stroke = fc.array(fc.tuple(coordinate, coordinate), { minLength: 2, maxLength: 300 });
const moving = fc
  .array(stroke, { minLength: 1, maxLength: 4 })
  .filter((strokes) => strokes.flat().some(([x, y]) => x !== strokes[0]?.[0]?.[0] || y !== strokes[0]?.[0]?.[1]));

test('records of any length are read, wherever the stream is cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(moving, { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 1, max: 500 }),
      async (sketches, size) => {
        const bytes = sketches.flatMap((strokes) => record(strokes));
        const expected = sketches.map((strokes) => ({ className: 'owl', stroke3: toStroke3(strokes) }));
        expect(await read(bytes, { className: 'owl' }, size)).toEqual(expected);
      },
    ),
    { numRuns: 40 },
  );
});

describe('what is no record', () => {
  const whole = record([
    [
      [0, 0],
      [3, 4],
    ],
    [
      [9, 9],
      [255, 0],
    ],
  ]);

  test('is refused wherever it is cut', async () => {
    for (let length = 1; length < whole.length; length++) {
      await expect(read([...whole, ...whole.slice(0, length)])).rejects.toThrow(
        /^owl.bin drawing 2: expected a whole record/,
      );
    }
  });

  test('is found by its recognized byte', async () => {
    await expect(
      read(
        record(
          [
            [
              [0, 0],
              [3, 4],
            ],
          ],
          65,
        ),
      ),
    ).rejects.toThrow(/owl.bin drawing 1: .*recognized 65, not 0 or 1/);
  });

  test('is refused after 1 MB, whatever counts it claims', async () => {
    const claims = [...record([]).slice(0, 15), 255, 255, ...Array.from({ length: 2 ** 21 }, () => 255)];
    await expect(read(claims, {}, 2 ** 16)).rejects.toThrow(DataError);
    await expect(read(claims, {}, 2 ** 16)).rejects.toThrow(/one of over 1 MB/);
  });
});

test('empty drawings and single points are counted where the caller skips them', async () => {
  const { counts, onBadDrawing } = countBadDrawings();
  const bytes = [
    record([]),
    record([[[7, 7]]]),
    record([
      [
        [0, 0],
        [1, 1],
      ],
    ]),
    record([[]]),
  ].flat();
  expect(await read(bytes, { onBadDrawing })).toHaveLength(1);
  expect(counts).toEqual(
    new Map([
      ['empty', 2],
      ['single point', 1],
    ]),
  );
});
