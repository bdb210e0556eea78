import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DataError } from './error.ts';
import { readQuickDrawBinary, toQuickDrawRecord } from './quickdraw-binary.ts';
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

function moves(stroke3: Float32Array): boolean {
  return stroke3.some((value, i) => i % 3 !== 2 && value !== 0);
}

/** From the least to the greatest coordinate of a drawing that begins at 0. */
function extent(stroke3: Float32Array, axis: number): number {
  const places = [0];
  for (let i = axis; i < stroke3.length; i += 3) places.push((places.at(-1) as number) + (stroke3[i] as number));
  return Math.max(...places) - Math.min(...places);
}

function isWritten(stroke3: Float32Array): boolean {
  try {
    toQuickDrawRecord({ stroke3 }, 'owl.bin');
    return true;
  } catch (error) {
    if (error instanceof DataError) return false;
    throw error;
  }
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

describe('a record written', () => {
  const offset = fc.integer({ min: -255, max: 255 });
  const offsets = fc
    .array(fc.tuple(offset, offset, fc.boolean()), { minLength: 1, maxLength: 300 })
    .map((rows) =>
      Float32Array.from(rows.flatMap(([dx, dy, lift], i) => [dx, dy, Number(lift || i === rows.length - 1)])),
    );

  test('reads back as the drawing it was, where the drawing is at most 255 wide and high', async () => {
    const dots = fc.array(fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 20 }), {
      minLength: 2,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(moving, dots), { minLength: 1, maxLength: 4 }), async (sketches) => {
        const drawings = sketches.map((sketch): Drawing => ({ stroke3: toStroke3(sketch), className: 'owl' }));
        const bytes = drawings.flatMap((drawing) => [...toQuickDrawRecord(drawing, 'owl.bin')]);
        expect(await read(bytes, { className: 'owl' })).toEqual(drawings.filter(({ stroke3 }) => moves(stroke3)));
      }),
      { numRuns: 60 },
    );
  });

  test('has its top left corner at 0 and is laid out as the data set is', () => {
    const strokes: Strokes = [[[10, 7], [12, 5]], [[9, 260]]]; // prettier-ignore
    const placed: Strokes = [[[1, 2], [3, 0]], [[0, 255]]]; // prettier-ignore
    const written = [...toQuickDrawRecord({ stroke3: toStroke3(strokes) }, 'owl.bin')];
    expect(written.slice(15)).toEqual(record(placed).slice(15));
    // Nothing is known of who drew it; recognized is 1.
    expect(written.slice(0, 15)).toEqual([...Array<number>(10).fill(0), 1, 0, 0, 0, 0]);
  });

  test('is refused exactly where its coordinates do not fit in a byte', () => {
    fc.assert(
      fc.property(offsets, (stroke3) => {
        const across = [0, 1].map((axis) => extent(stroke3, axis));
        expect(isWritten(stroke3)).toBe(Math.max(...across) <= 255);
      }),
    );
  });

  test.for<[what: string, stroke3: Float32Array, message: RegExp]>([
    ['a coordinate of 256', Float32Array.of(3, 256, 1), /^owl.bin: .*whole numbers 0..255, got 256 - write .ndjson/],
    ['a fraction', Float32Array.of(3, 0.5, 1), /whole numbers 0..255, got 0.5 - write .ndjson or .npz/],
    ['what is not finite', Float32Array.of(3, NaN, 1), /whole numbers 0..255, got NaN/],
    ['a stroke of 2^16 points', new Float32Array(3 * (2 ** 16 - 1)), /fewer than 65536 points in a stroke, got 65536/],
    ['2^16 strokes', new Float32Array(3 * 2 ** 16).fill(1), /fewer than 65536 strokes, got 65536/],
  ])('is refused: %s', ([, stroke3, message]) => {
    expect(() => toQuickDrawRecord({ stroke3 }, 'owl.bin')).toThrow(message);
    expect(() => toQuickDrawRecord({ stroke3 }, 'owl.bin')).toThrow(DataError);
  });
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
