import { describe, expect, test } from 'vitest';
import { hasShared, shared } from '../../../test/shared.ts';
import { type DataSet, gather, type Source } from './dataset.ts';
import { DataError } from './error.ts';
import { readDrawings } from './node/read.ts';
import type { Drawing, Split } from './sketch.ts';
import { splitOf } from './split.ts';

/** `rows` points, told apart by `mark`. */
function stroke3Of(rows: number, mark: number): Float32Array {
  return Float32Array.from({ length: 3 * rows }, (_, i) => (i % 3 === 2 ? Number(i === 3 * rows - 1) : mark));
}

function drawing(mark: number, rest: Omit<Drawing, 'stroke3'> = {}, rows = 2): Drawing {
  return { stroke3: stroke3Of(rows, mark), ...rest };
}

function source(fallbackClass: string, ...drawings: Drawing[]): Source {
  async function* each(): AsyncGenerator<Drawing> {
    yield* drawings;
  }
  return { fallbackClass, drawings: each() };
}

/** Class names and marks, by split. */
function contents(data: DataSet): Record<Split, [className: string | undefined, mark: number | undefined][]> {
  const of = (split: Split) =>
    data[split].map(({ label, stroke3 }): [string | undefined, number | undefined] => [
      data.classes[label],
      stroke3[0],
    ]);
  return { train: of('train'), valid: of('valid'), test: of('test') };
}

const train = { split: 'train' } as const;

describe('drawings gathered', () => {
  test('have the classes of all sources in alphabetical order, whatever comes first', async () => {
    const data = await gather(
      [
        source('?', drawing(1, { ...train, className: 'pig' }), drawing(2, { ...train, className: 'crab' })),
        source(
          '?',
          drawing(3, { split: 'test', className: 'zebra' }),
          drawing(4, { split: 'valid', className: 'ant' }),
        ),
      ],
      10,
    );
    expect(data.classes).toEqual(['ant', 'crab', 'pig', 'zebra']);
    expect(contents(data)).toEqual({ train: [['pig', 1], ['crab', 2]], valid: [['ant', 4]], test: [['zebra', 3]] }); // prettier-ignore
  });

  test('that two sources have count once, where a file assigns them', async () => {
    const named = { className: 'owl' };
    const unassigned = () => source('a', drawing(1, named), drawing(2, named));
    const assigned = () => source('b', drawing(1, { ...named, split: 'test' }), drawing(3, { ...named, ...train }));
    for (const sources of [
      [unassigned(), assigned()],
      [assigned(), unassigned()],
    ]) {
      const data = await gather(sources, 10);
      expect(data.repeated).toBe(1);
      expect(contents(data).test).toContainEqual(['owl', 1]);
      expect(data.train.length + data.valid.length + data.test.length).toBe(3);
    }
  });

  test('that one source has twice, or two sources under two classes, stay', async () => {
    const twice = await gather([source('owl', drawing(1, train), drawing(1, train))], 10);
    const two = await gather([source('owl', drawing(1, train)), source('pig', drawing(1, train))], 10);
    expect([twice.repeated, twice.train.length, two.repeated, two.train.length]).toEqual([0, 2, 0, 2]);
  });

  test('of one class from several sources are put together', async () => {
    const owl = { ...train, className: 'owl' };
    const data = await gather([source('a', drawing(1, owl)), source('b', drawing(2, owl), drawing(3, owl))], 10);
    expect(data.classes).toEqual(['owl']);
    expect(contents(data).train).toEqual([['owl', 1], ['owl', 2], ['owl', 3]]); // prettier-ignore
  });

  test('are of the class they name, else of that of their source', async () => {
    const data = await gather(
      [source('owl', drawing(1, train), drawing(2, { ...train, className: 'pig' })), source('cat', drawing(3, train))],
      10,
    );
    expect(contents(data).train).toEqual([['owl', 1], ['pig', 2], ['cat', 3]]); // prettier-ignore
    // A class that no drawing falls back to is none.
    expect((await gather([source('unused', drawing(1, { ...train, className: 'pig' }))], 10)).classes).toEqual(['pig']);
  });

  test('stand in the split their file names, else in that of their hash', async () => {
    const marks = Array.from({ length: 200 }, (_, mark) => mark);
    const data = await gather(
      [source('owl', drawing(-1, { split: 'test' }), ...marks.map((mark) => drawing(mark)))],
      10,
    );
    const expected: Record<Split, number[]> = { train: [], valid: [], test: [-1] };
    for (const mark of marks) expected[splitOf(stroke3Of(2, mark))].push(mark);
    for (const split of ['train', 'valid', 'test'] as const) {
      expect(contents(data)[split].map(([, mark]) => mark)).toEqual(expected[split]);
      expect(expected[split].length).toBeGreaterThan(1);
    }
  });

  test('of more rows than allowed are left out and counted; N_max is the longest of all splits', async () => {
    const drawings = [drawing(1, train, 3), drawing(2, train, 6), drawing(3, { split: 'test' }, 5), drawing(4, {}, 99)];
    const data = await gather([source('owl', ...drawings)], 5);
    expect(contents(data)).toEqual({ train: [['owl', 1]], valid: [], test: [['owl', 3]] });
    expect([data.tooLong, data.longest]).toEqual([2, 5]);
  });

  test('that are too long bring no class of their own', async () => {
    const data = await gather([source('owl', drawing(1, train), drawing(2, { className: 'pig' }, 11))], 10);
    expect(data.classes).toEqual(['owl']);
  });

  test('have their offsets clamped, and are split by what they were before', async () => {
    const wide = Array.from({ length: 100 }, (_, i) => drawing(1001 + i));
    const data = await gather([source('owl', ...wide)], 10);
    expect(data.train.every(({ stroke3 }) => stroke3[0] === 1000)).toBe(true);
    expect(data.train).toHaveLength(wide.filter(({ stroke3 }) => splitOf(stroke3) === 'train').length);
  });
});

describe('nothing to train on', () => {
  const reason = (message: string) => `data: expected drawings to train on, got none${message}`;

  test.for<[what: string, sources: Source[], message: string]>([
    ['no source', [], ' - give more data or raise maxLength'],
    ['an empty source', [source('owl')], ' - give more data or raise maxLength'],
    ['test drawings alone', [source('owl', drawing(1, { split: 'test' }))], ' - give more data or raise maxLength'],
    ['all too long', [source('owl', drawing(1, {}, 6), drawing(2, {}, 7))], ' (2 longer than 5 points)'],
  ])('is an error that says why: %s', async ([, sources, message]) => {
    const gathered = gather(sources, 5);
    await expect(gathered).rejects.toThrow(DataError);
    await expect(gathered).rejects.toThrow(reason(message));
  });

  test("a source's own error comes through", async () => {
    async function* broken(): AsyncGenerator<Drawing> {
      yield drawing(1, train);
      throw new DataError('owl.ndjson line 2: expected one JSON object');
    }
    await expect(gather([{ fallbackClass: 'owl', drawings: broken() }], 5)).rejects.toThrow('owl.ndjson line 2');
  });
});

describe.skipIf(!hasShared)('real drawings', () => {
  test('of one class from ndjson and npz, and of another, are one data set', async () => {
    const files = ['npz/face.npz', 'quickdraw/owl.ndjson', 'quickdraw/face.ndjson'];
    const sources = files.map((file): Source => ({
      fallbackClass: 'face',
      drawings: readDrawings(shared('data', file)),
    }));
    const data = await gather(sources, 250);
    expect(data.classes).toEqual(['face', 'owl']);
    const everything = [...data.train, ...data.valid, ...data.test];
    expect(everything.filter(({ label }) => label === 1)).toHaveLength(35);
    expect(everything.filter(({ label }) => label === 0).length + data.tooLong + data.repeated).toBe(2400 + 2427);
    // Every drawing of the npz is in the ndjson, too: what it assigns to training does not come to judge.
    expect(data.repeated).toBe(2400);
    expect(data.longest).toBe(Math.max(...everything.map(({ stroke3 }) => stroke3.length / 3)));
  });
});
