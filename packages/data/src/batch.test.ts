import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pack, type PackedBatch } from './batch.ts';
import { DataError } from './error.ts';

type Row = readonly number[];

const START: Row = [0, 0, 1, 0, 0];
const END: Row = [0, 0, 0, 0, 1];

const row = fc
  .tuple(fc.integer({ min: -999, max: 999 }), fc.integer({ min: -999, max: 999 }), fc.constantFrom(0, 1))
  .map(([dx, dy, lift]): Row => [dx, dy, lift]);
/** Lists of rows (dx, dy, lift), many of one length. */
const drawings = fc.array(fc.array(row, { minLength: 1, maxLength: 7 }), { minLength: 1, maxLength: 8 });

function stroke3sOf(lists: readonly (readonly Row[])[]): Float32Array[] {
  return lists.map((rows) => Float32Array.from(rows.flat()));
}

/** A drawing's rows (dx, dy, p1, p2, p3). */
function modelRows(rows: readonly Row[]): Row[] {
  return rows.map(([dx, dy, lift]) => [dx as number, dy as number, lift === 1 ? 0 : 1, lift as number, 0]);
}

/** The rows of each sketch again: those of step t stand together, one for each sketch still running. */
function unpack(sizes: Int32Array, flat: Float32Array, width: number): Row[][] {
  const sketches = Array.from({ length: sizes[0] as number }, (): Row[] => []);
  let at = 0;
  for (const size of sizes) {
    for (let i = 0; i < size; i++, at += width) sketches[i]?.push([...flat.subarray(at, at + width)]);
  }
  expect(at).toBe(flat.length);
  return sketches;
}

/** The drawings in the order of the batch. */
function inOrder<T>(batch: PackedBatch, list: readonly T[]): T[] {
  return Array.from(batch.order, (place) => list[place] as T);
}

describe('a packed batch', () => {
  test('has the longest first, those of one length in the order given', () => {
    fc.assert(
      fc.property(drawings, (lists) => {
        const { order, lengths } = pack(stroke3sOf(lists));
        // toSorted is stable.
        const expected = [...lists.entries()].toSorted(([, a], [, b]) => b.length - a.length);
        expect([...order]).toEqual(expected.map(([place]) => place));
        expect([...lengths]).toEqual(expected.map(([, rows]) => rows.length));
      }),
    );
  });

  test('gives back the rows of each sketch, with the end row for the decoder alone', () => {
    fc.assert(
      fc.property(drawings, (lists) => {
        const batch = pack(stroke3sOf(lists));
        const sketches = inOrder(batch, lists).map(modelRows);
        expect(unpack(batch.encoderSizes, batch.encoderRows, 5)).toEqual(sketches);
        expect(unpack(batch.decoderSizes, batch.decoderInputs, 5)).toEqual(sketches.map((rows) => [START, ...rows]));
        expect(unpack(batch.decoderSizes, batch.decoderTargets, 5)).toEqual(sketches.map((rows) => [...rows, END]));
      }),
    );
  });

  test('has as many steps as its longest sketch, and no step has more sketches than the one before', () => {
    fc.assert(
      fc.property(drawings, fc.option(fc.integer({ min: 7, max: 9 }), { nil: undefined }), (lists, padTo) => {
        const batch = pack(stroke3sOf(lists), padTo === undefined ? {} : { padTo });
        const longest = Math.max(...lists.map((rows) => rows.length));
        expect(batch.encoderSizes).toHaveLength(longest);
        expect(batch.decoderSizes).toHaveLength(padTo ?? longest + 1);
        for (const sizes of [batch.encoderSizes, batch.decoderSizes]) {
          expect(sizes[0]).toBe(lists.length);
          expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
          expect(sizes.at(-1)).toBeGreaterThan(0);
        }
      }),
    );
  });

  test('weighs points fully in both losses, end rows in the pen loss alone', () => {
    fc.assert(
      fc.property(drawings, fc.constantFrom(undefined, 0, 0.25), (lists, endWeight) => {
        const batch = pack(stroke3sOf(lists), endWeight === undefined ? {} : { endWeight });
        const weights = (flat: Float32Array): number[][] =>
          unpack(batch.decoderSizes, flat, 1).map((rows) => rows.flat());
        const ones = inOrder(batch, lists).map((rows) => rows.map(() => 1));
        expect(weights(batch.offsetWeights)).toEqual(ones.map((points) => [...points, 0]));
        expect(weights(batch.penWeights)).toEqual(ones.map((points) => [...points, endWeight ?? 1]));
      }),
    );
  });
});

describe("Magenta's form", () => {
  /**
   * `pad_batch` of Magenta, `[B, N_max + 1, 5]`: the start row, the rows, end rows to the end. The encoder reads rows 1.. up to the
   * sketch's length, the decoder reads rows ..N_max - 1 and is asked for rows 1...
   */
  function paddedBatch(lists: readonly (readonly Row[])[], longest: number): Row[][] {
    return lists.map((rows) => [
      START,
      ...modelRows(rows),
      ...Array.from({ length: longest - rows.length }, () => END),
    ]);
  }

  /** `[B, T, n]` as `[T, B, n]`, flat. */
  function timeMajor(batch: readonly (readonly Row[])[], length: number): number[] {
    return Array.from({ length }, (_, t) => batch.flatMap((rows) => rows[t] as Row)).flat();
  }

  const padded = fc.integer({ min: 7, max: 10 });

  test('is every sketch packed to N_max', () => {
    fc.assert(
      fc.property(drawings, padded, (lists, padTo) => {
        const batch = pack(stroke3sOf(lists), { padTo });
        const x = paddedBatch(inOrder(batch, lists), padTo);
        expect([...batch.decoderSizes]).toEqual(Array(padTo).fill(lists.length));
        expect([...batch.decoderInputs]).toEqual(timeMajor(x, padTo));
        const targets = x.map((rows) => rows.slice(1));
        expect([...batch.decoderTargets]).toEqual(timeMajor(targets, padTo));
        const read = targets.map((rows, i) => rows.slice(0, batch.lengths[i]));
        expect(unpack(batch.encoderSizes, batch.encoderRows, 5)).toEqual(read);
      }),
    );
  });

  test('weighs offsets by 1 - p3, pens by 1 in training and by 1 - p3 in evaluation', () => {
    fc.assert(
      fc.property(drawings, padded, (lists, padTo) => {
        const training = pack(stroke3sOf(lists), { padTo });
        const evaluation = pack(stroke3sOf(lists), { padTo, endWeight: 0 });
        const p3 = paddedBatch(inOrder(training, lists), padTo).map((rows) =>
          rows.slice(1).map((each) => each.slice(4)),
        );
        const points = timeMajor(p3, padTo).map((ended) => 1 - ended);
        expect([...training.offsetWeights]).toEqual(points);
        expect([...training.penWeights]).toEqual(points.map(() => 1));
        expect([...evaluation.offsetWeights]).toEqual(points);
        expect([...evaluation.penWeights]).toEqual(points);
      }),
    );
  });

  test('has no end row for a sketch of exactly N_max rows', () => {
    const { decoderTargets } = pack([Float32Array.of(1, 2, 0, 3, 4, 1)], { padTo: 2 });
    expect([...decoderTargets]).toEqual([1, 2, 1, 0, 0, 3, 4, 0, 1, 0]);
  });

  test('has no room for a longer sketch', () => {
    const sketches = [new Float32Array(3), new Float32Array(9)];
    expect(() => pack(sketches, { padTo: 2 })).toThrow(DataError);
    expect(() => pack(sketches, { padTo: 2 })).toThrow(
      'pack: expected sketches of at most 2 rows, got one of 3 - leave it out or raise padTo',
    );
  });
});
